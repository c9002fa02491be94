/**
 * A client of the provisioning API for those who have the token of a user. One file without dependencies: copy it.
 * docs/provisioning-api.md says what the answers mean.
 */

/** An account of a user in a system, or why there is none. */
export interface Link {
  readonly system: string;
  readonly state: string;
  /** Why it is so, where the state alone does not say. A later version may know more codes. */
  readonly code?: string;
  readonly words?: string;
  /** The system's own id of the account. */
  readonly accountId?: string;
  readonly instance?: string;
  readonly updatedAt?: string;
}

export interface Me {
  /** `user_id` in Auth0. */
  readonly id: string;
  readonly userRef: string;
  readonly connection?: { readonly name: string; readonly strategy: string };
  /** True where nobody who comes by the connection gets an account. */
  readonly passThrough?: boolean;
  /** True where every required account is there, or not needed. */
  readonly ready: boolean;
  readonly links: readonly Link[];
}

/** The API said no. `code` is stable; `link` is what it is about, where it is about one. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';

  constructor(
    readonly status: number,
    readonly code: string,
    words: string,
    readonly link?: Link,
  ) {
    super(words);
  }
}

export interface ClientOptions {
  /** The stack output `ProvisioningApiUrl`. */
  readonly url: string;
  /** @default the one of the runtime */
  readonly fetch?: typeof globalThis.fetch;
  /** How long to ask for an account that is being made. @default 30 000 ms */
  readonly patienceMs?: number;
  readonly pause?: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now?: () => number;
}

export interface ProvisioningClient {
  /** Who the person of the token is, and which accounts they have. */
  me(token: string): Promise<Me>;
  /**
   * Changes what the person of the token may change of themselves: `null` takes a value away. Gives all of it as it is
   * then. To say the same again is safe.
   *
   * @throws ProvisioningError with `not-yours` for what is not theirs
   */
  changeMe(
    token: string,
    metadata: Readonly<Record<string, string | number | boolean | null>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  /**
   * The account of the person in a system, made if there is none yet. Resolves once it is there.
   *
   * @throws ProvisioningError with `still-waiting` when it is not there in time, and with `unreachable` and status 0
   * when the API does not answer
   */
  accountIn(system: string, token: string, wish?: { readonly country?: string }): Promise<Link>;
}

/** As many as API Gateway holds an answer back, with some to spare. */
const WAIT_SECONDS = 10;
/** After it an answer is given up, as API Gateway has given it up as well. */
const MOST_CALL_MS = 31_000;
const MOST_PAUSE_MS = 5_000;
const PAUSE_MS = 1_000;
const JSON_BODY = { 'content-type': 'application/json' };

/** What came back, read to its end. */
interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

export function createProvisioningClient({
  url,
  fetch = globalThis.fetch,
  patienceMs = 30_000,
  pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now = Date.now,
}: ClientOptions): ProvisioningClient {
  const base = url.endsWith('/') ? url : `${url}/`;
  const call = async (path: string, token: string, withinMs: number, init: RequestInit = {}) => {
    const answer = await fetch(`${base}${path}`, {
      ...init,
      redirect: 'error',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(Math.max(1, Math.min(withinMs, MOST_CALL_MS))),
    });
    const [{ status, headers }, text] = [answer, await answer.text()];
    return { status, retryAfter: headers.get('retry-after'), body: parse(text) };
  };
  return {
    async me(token) {
      const answer = await call('me', token, patienceMs).catch(unreachable);
      return answer.status === 200 ? (answer.body as Me) : fail(answer);
    },
    async changeMe(token, metadata) {
      const init = { method: 'PATCH', body: JSON.stringify({ user_metadata: metadata }), headers: JSON_BODY };
      const answer = await call('me', token, patienceMs, init).catch(unreachable);
      if (answer.status !== 200) return fail(answer);
      return (answer.body as { user_metadata: Record<string, unknown> }).user_metadata;
    },
    async accountIn(system, token, wish = {}) {
      const until = now() + patienceMs;
      const init = {
        ...{ method: 'PUT', body: JSON.stringify(wish) },
        headers: { ...JSON_BODY, prefer: `wait=${WAIT_SECONDS}` },
      };
      for (;;) {
        const path = `me/links/${encodeURIComponent(system)}`;
        // To ask for the same account once more is safe, so that a broken connection is like any other delay.
        const answer = await call(path, token, until - now(), init).catch(() => undefined);
        if (answer?.status === 200) return (answer.body as { link: Link }).link;
        const isPassing = answer === undefined || [202, 429, 502, 503, 504].includes(answer.status);
        if (!isPassing) return fail(answer);
        const pauseMs = pauseOf(answer);
        if (now() + pauseMs >= until) return giveUp(answer);
        await pause(pauseMs);
      }
    },
  };
}

function pauseOf(answer: Answer | undefined): number {
  const seconds = Number(answer?.retryAfter ?? 1);
  return Math.min(Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : PAUSE_MS, MOST_PAUSE_MS);
}

function giveUp(answer: Answer | undefined): never {
  if (answer === undefined) return unreachable();
  if (answer.status !== 202) return fail(answer);
  const { link } = answer.body as { link: Link };
  throw new ProvisioningError(202, 'still-waiting', 'The account is not there yet.', link);
}

function unreachable(): never {
  throw new ProvisioningError(0, 'unreachable', 'The API does not answer.');
}

/** What is no problem of the API is one of API Gateway, or of whatever is in between. */
function fail({ status, body }: Answer): never {
  const problem = (body ?? {}) as { code?: unknown; title?: unknown; link?: Link };
  const code = typeof problem.code === 'string' ? problem.code : `http-${status}`;
  const words = typeof problem.title === 'string' ? problem.title : `The API answered ${status}.`;
  throw new ProvisioningError(status, code, words, problem.link);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
