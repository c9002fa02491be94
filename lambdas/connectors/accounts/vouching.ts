import type { UserEvent } from '../../../events/event-schema';
import type { EventType } from '../../../events/event-types';

/** Whose word counts that an e-mail address is the user's own. */
export interface TrustedConnections {
  /** Every connection of these strategies, such as `auth0` for databases. */
  readonly strategies: readonly string[];
  /** Single ones, by their names. */
  readonly connections: readonly string[];
}

/** Types that say by which connection the user came. Auth0's event stream does not. */
const SAYS_CONNECTION: ReadonlySet<EventType> = new Set(['user.registered', 'user.logged-in']);

interface Told extends Pick<UserEvent, 'type'> {
  readonly data: Pick<UserEvent['data'], 'user' | 'connection'>;
}

/**
 * True when a connection that is trusted says that the address of the profile is the user's own. `email_verified` is
 * asserted by whoever runs a connection, so that anybody's address can be "verified" at one that anybody runs.
 */
export function isVouchedFor({ type, data }: Told, trusted: TrustedConnections): boolean {
  const { user, connection } = data;
  if (!SAYS_CONNECTION.has(type) || connection === undefined) return false;
  if (user.email_verified !== true || user.email === undefined || user.email === '') return false;
  const { name, strategy } = connection;
  // Users who were linked share one profile. Its address is that of the first of them, whose id the profile has,
  // whichever connection they came by today.
  if (!user.user_id.startsWith(`${strategy}|`)) return false;
  const isOfConnection = type === 'user.registered' || user.user_id.startsWith(`${strategy}|${name}|`);
  return trusted.strategies.includes(strategy) || (isOfConnection && trusted.connections.includes(name));
}
