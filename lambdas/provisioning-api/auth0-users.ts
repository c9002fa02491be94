import type { EventConnection, UserAttributes } from '../../events/event-schema';
import { readValue } from '../../events/read-value';
import { primaryConnectionOf, userAttributesOf } from '../../events/user-attributes';
import type { Answered, Failed } from '../auth0/management-answer';
import type { ManagementApi, Profile } from '../auth0/management-api';
import { USUAL_PAUSE_MS, withinReason } from '../auth0/rate-limit-pause';
import type { Log } from '../runtime/logger';
import { createCallBudget } from './call-budget';
import { ApiProblem } from './problem';

/** A user as Auth0 knows them now. */
export interface Auth0User {
  readonly user: UserAttributes;
  readonly connection?: EventConnection;
  readonly isBlocked: boolean;
}

/** Reads a user of the tenant; undefined where there is none. Throws {@link ApiProblem} where Auth0 does not say. */
export type ReadAuth0User = (userId: string) => Promise<Auth0User | undefined>;

/** The whole profile, as a change of `user_metadata` left it. As {@link ReadAuth0User} otherwise. */
export type ChangeAuth0User = (
  userId: string,
  metadata: Readonly<Record<string, unknown>>,
) => Promise<Profile | undefined>;

export interface Auth0Users {
  readonly read: ReadAuth0User;
  readonly change: ChangeAuth0User;
}

export interface Auth0UsersDeps {
  readonly management: Pick<ManagementApi, 'user' | 'changeUser'>;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Somebody waits for the answer, and the token may have to be asked for first. */
export const MANAGEMENT_TIMEOUT_MS = 3_000;
/** The tenant's own limit is shared with all that the team runs there. Of each instance of the function. */
const MOST = { atOnce: 5, perSecond: 1 };

/** One call each: whoever asked comes again, and finds more of the time that they have. */
export function createAuth0Users({ management, attributes, now, log }: Auth0UsersDeps): Auth0Users {
  const budget = createCallBudget(MOST, now);
  const give = (why: string, waitMs = USUAL_PAUSE_MS): never => {
    log('warn', 'Auth0 was not asked or did not say', { outcome: why });
    throw new ApiProblem(503, 'auth0-unavailable', {}, Math.ceil(withinReason(waitMs) / 1_000));
  };
  const failed = (answer: Failed): undefined => {
    if (answer.outcome === 'missing') return undefined;
    if (answer.outcome === 'refused')
      throw new ApiProblem(400, 'invalid-request', { detail: 'body.user_metadata' });
    if (answer.outcome !== 'limited') return give(whyOf(answer));
    budget.closeFor(withinReason(answer.retryAfterMs));
    return give('429', answer.retryAfterMs);
  };
  const ask = async (call: () => Promise<Answered<Profile>>): Promise<Profile | undefined> => {
    const waitMs = budget.take();
    if (waitMs > 0) return give('limit', waitMs);
    const answer = await call();
    return answer.outcome === 'ok' ? answer.value : failed(answer);
  };
  return {
    read: async (userId) => {
      const profile = await ask(() => management.user(userId));
      return profile && userIn(profile, attributes);
    },
    change: (userId, metadata) => ask(() => management.changeUser(userId, { user_metadata: metadata })),
  };
}

const whyOf = (failed: Failed): string => ('why' in failed ? failed.why : failed.outcome);

function userIn(profile: Profile, attributes: readonly string[]): Auth0User {
  const connection = primaryConnectionOf(profile);
  return {
    user: userAttributesOf(profile, attributes),
    ...(connection && { connection }),
    isBlocked: readValue(profile, 'blocked') === true,
  };
}
