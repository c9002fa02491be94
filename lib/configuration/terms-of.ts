import type { SystemConfiguration } from './system-schema';

type Terms = Pick<Exclude<SystemConfiguration, { kind: 'auth0' }>, 'scope' | 'provisionAt' | 'after'>;

/** What an invitation brings waits for nothing, whoever accepts it. */
const BY_INVITATION: Terms = { scope: undefined, provisionAt: 'registration', after: [] };

/** For whom, when and after which others a system makes accounts. */
export function termsOf(system: SystemConfiguration): Terms {
  return system.kind === 'auth0' ? BY_INVITATION : system;
}
