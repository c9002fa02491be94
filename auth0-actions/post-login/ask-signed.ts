import { sign } from '../../events/signature';
import { startDeadline } from '../emit/deadline';
import type { Emission } from '../emit/emit';
import { NotEmitted } from '../emit/emit-codes';
import { eventId } from '../emit/event-id';
import { type Fetch, judge, requestInit } from '../emit/post-event';

/** How asking ended; with `answered` there is `json`, which may be anything. */
export interface Answered extends Emission {
  readonly json?: unknown;
}

export interface SignedQuestion {
  readonly url: string;
  /** `whsec_` + base64: events and questions are signed alike. */
  readonly signingSecret: string;
  readonly body: object;
  readonly budgetMs: number;
}

export interface AskDeps {
  readonly fetch: Fetch | undefined;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Asks once. A second try could only cost the person time: the next login asks again. */
export async function askSigned(
  { url, signingSecret, body: asked, budgetMs }: SignedQuestion,
  { fetch, now }: AskDeps,
): Promise<Answered> {
  if (typeof fetch !== 'function') throw new NotEmitted('no-fetch');
  const body = JSON.stringify(asked);
  const id = await eventId('ask', signingSecret, [body, `${now()}`]);
  const timestampSeconds = Math.floor(now() / 1000);
  const signature = await sign(signingSecret, { id, body, timestampSeconds });
  const headers = { 'content-type': 'application/json', ...signature };
  return post(fetch, { url, headers, body }, budgetMs);
}

type Request = Parameters<typeof requestInit>[0];

async function post(fetch: Fetch, request: Request, budgetMs: number): Promise<Answered> {
  const deadline = startDeadline(budgetMs);
  const inTime = <T>(work: Promise<T>) => Promise.race([work, deadline.expired]);
  try {
    const response = await inTime(fetch(request.url, requestInit(request, deadline)));
    if (response === undefined) return { code: 'timed-out' };
    if (!response.ok) return judge(response);
    const text = await inTime(response.text());
    if (text === undefined) return { code: 'timed-out' };
    return { code: 'answered', status: response.status, json: parse(text) };
  } catch {
    return { code: deadline.signal.aborted ? 'timed-out' : 'unreachable' };
  } finally {
    deadline.stop();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
