import { LIMITS } from '../../events/event-limits';
import type { EventConnection, UserAttributes } from '../../events/event-schema';
import { parseJson } from '../../events/parse-json';
import { readText, readValue } from '../../events/read-value';
import { primaryConnectionOf, userAttributesOf } from '../../events/user-attributes';
import type { BearerToken } from '../connectors/bearer-token';
import { type HttpAnswer, type HttpClient, retryAfterMs } from '../runtime/http';
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

export interface Auth0UsersDeps {
  /** Its own domain: no custom one serves the Management API. */
  readonly tenant: string;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  readonly token: BearerToken;
  readonly http: HttpClient;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Somebody waits for the answer, and the token may have to be asked for first. */
export const MANAGEMENT_TIMEOUT_MS = 3_000;
/** The tenant's own limit is shared with all that the team runs there. Of each instance of the function. */
const MOST = { atOnce: 5, perSecond: 1 };
const USUAL_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** One call each, never a second one: whoever asked comes again, and finds more of the time that they have. */
export function createAuth0Users(deps: Auth0UsersDeps): ReadAuth0User {
  const budget = createCallBudget(MOST, deps.now);
  let refused: string | undefined;
  const give = (why: string, waitMs = USUAL_WAIT_MS): never => {
    deps.log('warn', 'Auth0 was not asked or did not say', { outcome: why });
    const ms = Math.min(Math.max(waitMs, 1_000), LONGEST_WAIT_MS);
    throw new ApiProblem(503, 'auth0-unavailable', {}, Math.ceil(ms / 1_000));
  };
  return async (userId) => {
    const waitMs = budget.take();
    if (waitMs > 0) return give('limit', waitMs);
    const token = await deps.token(refused).catch(() => give('no-token'));
    const answer = await ask(deps, userId, token).catch(() => give('no-answer'));
    const { status } = answer;
    // The next call has another token, if there is one.
    refused = status === 401 ? token : undefined;
    if (status === 404) return undefined;
    if (status === 429) budget.closeFor(pauseOf(answer, deps.now()));
    if (status !== 200) return give(`${status}`, status === 429 ? pauseOf(answer, deps.now()) : undefined);
    return userIn(answer.body, userId, deps.attributes) ?? give('no-user');
  };
}

function ask({ tenant, http }: Auth0UsersDeps, userId: string, token: string): Promise<HttpAnswer> {
  return http({
    method: 'GET',
    url: `https://${tenant}/api/v2/users/${encodeURIComponent(userId)}`,
    headers: { accept: 'application/json', authorization: `Bearer ${token}` },
    timeoutMs: MANAGEMENT_TIMEOUT_MS,
  });
}

/** Milliseconds until Auth0 takes calls again, by its own clock where it says one. */
function pauseOf({ headers }: HttpAnswer, now: number): number {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  const clock = Date.parse(headers.get('date') ?? '') || now;
  const ms = retryAfterMs(headers, now) ?? reset - clock;
  return Number.isNaN(ms) ? USUAL_WAIT_MS : Math.min(Math.max(ms, 1_000), LONGEST_WAIT_MS);
}

function userIn(body: string, userId: string, attributes: readonly string[]): Auth0User | undefined {
  const profile = parseJson(body);
  // Of nobody else, whoever answered.
  if (readText(profile, 'user_id', LIMITS.userId) !== userId) return undefined;
  const connection = primaryConnectionOf(profile);
  return {
    user: userAttributesOf(profile, attributes),
    ...(connection && { connection }),
    isBlocked: readValue(profile, 'blocked') === true,
  };
}
