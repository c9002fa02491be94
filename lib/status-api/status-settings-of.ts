import type { ShownSystem, StatusSettings } from '../../lambdas/status/status-settings';
import type { Configuration } from '../configuration';
import { withWorker } from '../configuration/has-worker';
import { labelOf } from '../configuration/label-of';
import type { SystemConfiguration } from '../configuration/system-schema';
import { jitRuleOf } from '../connectors/jit-rule-of';
import { logoOf } from './logo-of';

/** What of the configuration decides about a login. */
export type LoginPart = Pick<Configuration, 'jit' | 'login' | 'systems'>;

/** What the functions behind the status page are to know. */
export function statusSettingsOf({ jit, login, systems }: LoginPart): StatusSettings {
  const { deadlineSeconds, onFailed, name, logo, colors } = login.statusPage;
  const expected = Object.entries(withWorker(systems)).filter(([, { state }]) => state === 'active');
  return {
    systems: expected.map(([system, settings]) => shown(system, settings, jit)),
    deadlineMs: deadlineSeconds * 1_000,
    onFailed,
    brand: { ...(name && { name }), ...(logo && { logo: logoOf(logo) }), colors },
  };
}

function shown(name: string, system: SystemConfiguration, jit: LoginPart['jit']): ShownSystem {
  const jitRule = system.kind === 'auth0' ? null : jitRuleOf(jit, name);
  return {
    ...{ name, label: labelOf(name, system), required: system.required },
    ...('signOff' in system && system.signOff !== 'none' && { awaited: true }),
    ...(isOnRequest(system) && { onRequest: true }),
    ...(system.kind === 'auth0' && { grants: true }),
    ...(jitRule !== null && { jitRule }),
  };
}

// Nobody is waited for who asked for none, or has no invitation.
const isOnRequest = (system: SystemConfiguration) => system.kind === 'auth0' || system.provisionAt === 'use';
