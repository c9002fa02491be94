import type { Profile } from '../tenant-users';
import type { WantedFactor } from './effects';

/** Those a person can have at the stand-in. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['otp', 'phone', 'email', 'push-notification', 'recovery-code'],
  ...['webauthn-roaming', 'webauthn-platform'],
]);

/** Factors that will do: known ones, which a challenge finds enrolled. Auth0 ignores the others. */
export function usableFactors(
  { kind, types }: WantedFactor,
  enrolled: readonly string[],
  user: Profile,
): string[] {
  const known = types.filter((type) => KNOWN.has(type));
  if (kind === 'enroll') return known;
  return known.filter(
    (type) => enrolled.includes(type) || (type === 'email' && user.email_verified === true),
  );
}
