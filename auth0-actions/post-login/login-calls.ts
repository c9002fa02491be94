import { LIMITS } from '../../events/event-limits';
import { readText, readTimestamp } from '../../events/read-value';
import { readDestination } from '../emit/destination';
import type { Emission } from '../emit/emit';
import { emitPerson } from '../emit/emit-person';
import { BUDGET_MS } from '../emit/limits';
import { codeOf } from '../emit/log-emission';
import type { PostLoginApi } from '../types';
import { type Asked, askReadiness, type ReadinessRoute } from './ask-readiness';
import type { FailOpenPause, PausedApi } from './fail-open-pause';
import type { LoginInvitation } from './invitation-of';
import { loginEvent } from './login-event';
import type { Redemption } from './redeem-invitation';
import { statusUrlOf } from './status-secrets';

/** What a login may ask of others. Neither rejects. */
export interface LoginCalls {
  emit(): Promise<Emission>;
  /** Undefined where no status API is configured. */
  ask(route: ReadinessRoute): Promise<Asked | undefined>;
  redeem(invitation: Pick<LoginInvitation, 'redeem'>): Promise<Redemption>;
}

/** Less time than this is none for a call to anywhere. */
const LEAST_MS = 100;

/** The calls of one login: within one budget for all of them, and none while the pause lasts. */
export function createLoginCalls(
  event: unknown,
  api: Pick<PostLoginApi, 'cache'>,
  pause: FailOpenPause,
  now: () => number,
): LoginCalls {
  const startedAt = now();
  const call = async <Ended extends Emission>(on: PausedApi, work: (budgetMs: number) => Promise<Ended>) => {
    const budgetMs = BUDGET_MS - (now() - startedAt);
    if (budgetMs < LEAST_MS) return { code: 'timed-out' } as const;
    const ending = (allowedMs: number) =>
      work(allowedMs).catch((error: unknown): Emission => ({ code: codeOf(error) }));
    return pause.around<Ended | Emission>({ on, budgetMs, work: ending }, api);
  };
  return {
    emit: () => call('events', (budgetMs) => emitPerson(event, loginEvent, budgetMs)),
    ask: async (route) => {
      const base = statusUrlOf(event);
      if (base === undefined) return undefined;
      return call<Asked>('status', async (budgetMs) => ask(event, `${base}${route}`, budgetMs, now));
    },
    redeem: (invitation) => call<Redemption>('invitations', (budgetMs) => invitation.redeem(budgetMs)),
  };
}

async function ask(event: unknown, url: string, budgetMs: number, now: () => number): Promise<Asked> {
  const { signingSecret } = readDestination(event);
  const userId = readText(event, 'user.user_id', LIMITS.userId) ?? '';
  const connection = readText(event, 'connection.name', LIMITS.connectionName);
  const createdAt = readTimestamp(event, 'user.created_at');
  const question = { url, signingSecret, userId, connection, createdAt, budgetMs };
  return askReadiness(question, { fetch: globalThis.fetch, now });
}
