import { readNames, readValue } from '../../events/read-value';
import { sign } from '../../events/signature';
import { startDeadline } from '../emit/deadline';
import type { Emission } from '../emit/emit';
import { NotEmitted } from '../emit/emit-codes';
import { eventId } from '../emit/event-id';
import { type Fetch, judge, requestInit } from '../emit/post-event';

/** How far the accounts of a person are, as far as the status API knows. */
export interface ReadinessAnswer {
  /** Every system is ready, or the person needs no account there. */
  readonly all: boolean;
  /** No required system is waiting. */
  readonly settled: boolean;
  /** Whether any system knows the person. */
  readonly known: boolean;
  readonly ready: readonly string[];
  /** Required ones. */
  readonly failed: readonly string[];
}

/** How asking ended; with `answered` there is an answer. */
export interface Asked extends Emission {
  readonly answer?: ReadinessAnswer;
}

/**
 * Where to ask: at the route of the page itself, relative to the base, who would be sent there. Its limit is one of
 * its own, so that the other may answer while the page does not.
 */
export type ReadinessRoute = '' | 'readiness';

export interface Question {
  /** Of one of the routes. */
  readonly url: string;
  /** `whsec_` + base64: events and questions are signed alike. */
  readonly signingSecret: string;
  readonly userId: string;
  readonly connection: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  readonly budgetMs: number;
}

/** Asks once. A second try could only cost the person time: the next login asks again. */
export async function askReadiness(
  { url, signingSecret, userId, connection, createdAt, budgetMs }: Question,
  { fetch, now }: { readonly fetch: Fetch | undefined; readonly now: () => number },
): Promise<Asked> {
  if (typeof fetch !== 'function') throw new NotEmitted('no-fetch');
  const body = JSON.stringify({ user_id: userId, connection, created_at: createdAt });
  const id = await eventId('ask', signingSecret, [userId, `${now()}`]);
  const signature = await sign(signingSecret, {
    ...{ id, body },
    timestampSeconds: Math.floor(now() / 1000),
  });
  const headers = { 'content-type': 'application/json', ...signature };
  return post(fetch, { url, headers, body }, budgetMs);
}

type Request = Parameters<typeof requestInit>[0];

async function post(fetch: Fetch, request: Request, budgetMs: number): Promise<Asked> {
  const deadline = startDeadline(budgetMs);
  const inTime = <T>(work: Promise<T>) => Promise.race([work, deadline.expired]);
  try {
    const response = await inTime(fetch(request.url, requestInit(request, deadline)));
    if (response === undefined) return { code: 'timed-out' };
    if (!response.ok) return judge(response);
    const text = await inTime(response.text());
    return text === undefined ? { code: 'timed-out' } : { ...toAsked(text), status: response.status };
  } catch {
    return { code: deadline.signal.aborted ? 'timed-out' : 'unreachable' };
  } finally {
    deadline.stop();
  }
}

// Anything but what was asked for is no answer: nobody is ready by a page of a proxy.
function toAsked(text: string): Asked {
  const json: unknown = parse(text);
  const [all, settled, known] = ['all', 'settled', 'known'].map((name) => readValue(json, name));
  const [ready, failed] = [readNames(json, 'ready'), readNames(json, 'failed')];
  const isAnswer = typeof all === 'boolean' && typeof settled === 'boolean' && typeof known === 'boolean';
  if (!isAnswer || ready === undefined || failed === undefined) return { code: 'refused' };
  return { code: 'answered', answer: { all, settled, known, ready, failed } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
