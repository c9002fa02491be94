import { LIMITS } from '../../events/event-limits';
import { readText } from '../../events/read-value';
import { readDestination } from '../emit/destination';
import type { Emission } from '../emit/emit';
import { emitPerson } from '../emit/emit-person';
import { BUDGET_MS } from '../emit/limits';
import { codeOf } from '../emit/log-emission';
import type { PostLoginApi } from '../types';
import { type Asked, askReadiness } from './ask-readiness';
import type { FailOpenPause } from './fail-open-pause';
import { loginEvent } from './login-event';
import { statusUrlOf } from './status-secrets';

/** What a login may ask of others. Neither rejects. */
export interface LoginCalls {
  emit(): Promise<Emission>;
  /** Undefined where no status API is configured. */
  ask(): Promise<Asked | undefined>;
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
  const call = async <Ended extends Emission>(work: (budgetMs: number) => Promise<Ended>) => {
    const budgetMs = BUDGET_MS - (now() - startedAt);
    if (budgetMs < LEAST_MS) return { code: 'timed-out' } as const;
    const ending = () => work(budgetMs).catch((error: unknown): Emission => ({ code: codeOf(error) }));
    return pause.around<Ended | Emission>(ending, api);
  };
  return {
    emit: () => call((budgetMs) => emitPerson(event, loginEvent, budgetMs)),
    ask: async () => {
      const url = statusUrlOf(event);
      if (url === undefined) return undefined;
      return call<Asked>(async (budgetMs) => ask(event, url, budgetMs, now));
    },
  };
}

async function ask(event: unknown, url: string, budgetMs: number, now: () => number): Promise<Asked> {
  const { signingSecret } = readDestination(event);
  const userId = readText(event, 'user.user_id', LIMITS.userId) ?? '';
  const connection = readText(event, 'connection.name', LIMITS.connectionName);
  const question = { url, signingSecret, userId, connection, budgetMs };
  return askReadiness(question, { fetch: globalThis.fetch, now });
}
