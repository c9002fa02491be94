import type { ActionSettings } from '../../../auth0-actions/action-settings';
import type { MfaSettings } from '../../../auth0-actions/mfa/mfa-settings';

/** The revision that tests are at. */
export const REV = 'rev-of-tests';
export const NAMESPACE = 'https://punctual.dev/';
export const AUDIENCE = 'https://punctual/dev';

export const SOME_MFA: MfaSettings = {
  ...{ factors: ['otp', 'webauthn-roaming', 'email', 'recovery-code'], policy: 'required', upstream: [] },
};

/** Of a configuration with four systems, of which people wait for one; `overrides` replace whole fields. */
export function someSettings(overrides: Partial<ActionSettings> = {}): ActionSettings {
  return {
    ...{
      attributes: [],
      claimNamespace: NAMESPACE,
      audiences: [AUDIENCE],
      rampHours: 24,
      stopsOnFailed: false,
    },
    systems: ['profile', 'video', 'crm', 'tickets'].map((name) => ({ name, required: name === 'tickets' })),
    ...{ rule: { rev: REV, jit: true }, rules: {} },
    ...overrides,
  };
}
