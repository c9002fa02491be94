type Fetch = typeof globalThis.fetch;

/** `errorCode` of an answer that stands for none. */
export const NO_ANSWER = 'punctual_no_answer';

/**
 * A fetch that answers where it would reject, as a gateway would. The SDK keeps the timer of its time-out when a fetch
 * rejects, and the process would stay for two minutes after the last word.
 */
export function answeringFetch(fetch: Fetch): Fetch {
  return (input, init) => fetch(input, init).catch(noAnswer);
}

function noAnswer(error: unknown): Response {
  const body = { statusCode: 504, errorCode: NO_ANSWER, message: reasonOf(error) };
  return new Response(JSON.stringify(body), { status: 504, headers: { 'content-type': 'application/json' } });
}

/** What Node.js says in the causes of `fetch failed`. */
function reasonOf(error: unknown): string {
  const { code, message, cause } = (error ?? {}) as Error & { code?: string };
  const own = `${code ?? ''} ${message ?? ''}`.trim();
  return cause === undefined ? own : `${own} ${reasonOf(cause)}`;
}
