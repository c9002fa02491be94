import { type Deadline, startDeadline } from './deadline';
import type { EmitCode } from './emit-codes';
import { BUDGET_MS, RETRY_PAUSE_MS } from './limits';

export type Fetch = typeof globalThis.fetch;

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostResult {
  readonly code: EmitCode;
  readonly status?: number;
  readonly attempts: number;
}

type Answer = Omit<PostResult, 'attempts'>;

/**
 * Posts once, and once more when the API is unavailable or the connection broke, all within one budget. The
 * same headers go out again: the id makes the second call the same fact, and the signature is seconds old.
 */
export async function postEvent(
  fetch: Fetch,
  request: PostRequest,
  budgetMs = BUDGET_MS,
): Promise<PostResult> {
  const deadline = startDeadline(budgetMs);
  try {
    const first = await attempt(fetch, request, deadline);
    if (first.code !== 'unavailable' && first.code !== 'unreachable') return { ...first, attempts: 1 };
    await pause(RETRY_PAUSE_MS, deadline);
    if (deadline.signal.aborted) return { ...first, attempts: 1 };
    return { ...(await attempt(fetch, request, deadline)), attempts: 2 };
  } finally {
    deadline.stop();
  }
}

async function attempt(fetch: Fetch, request: PostRequest, deadline: Deadline): Promise<Answer> {
  try {
    const posted = fetch(request.url, requestInit(request, deadline));
    const response = await Promise.race([posted, deadline.expired]);
    return response === undefined ? { code: 'timed-out' } : judge(response);
  } catch {
    return { code: deadline.signal.aborted ? 'timed-out' : 'unreachable' };
  }
}

/** A redirect is not followed: it would carry the key and the person to an address nobody configured. */
export function requestInit({ headers, body }: PostRequest, { signal }: Deadline) {
  return { method: 'POST', headers, body, redirect: 'manual', signal } as const;
}

/** The status says everything, so nobody waits for a body that may trickle. */
export function judge(response: Response): Answer {
  void response.body?.cancel().catch(() => undefined);
  const { status } = response;
  if (status >= 200 && status < 300) return { code: 'emitted', status };
  return { code: status >= 500 ? 'unavailable' : 'refused', status };
}

async function pause(milliseconds: number, deadline: Deadline): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([over, deadline.expired]);
  clearTimeout(timer);
}
