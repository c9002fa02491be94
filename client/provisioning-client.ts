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
   * The account of the person in a system, made if there is none yet. Resolves once it is there.
   *
   * @throws ProvisioningError with `still-waiting` when it is not there in time
   */
  accountIn(system: string, token: string, wish?: { readonly country?: string }): Promise<Link>;
}

/** As many as API Gateway holds an answer back, with some to spare. */
const WAIT_SECONDS = 10;
const MOST_PAUSE_MS = 5_000;

export function createProvisioningClient({
  url,
  fetch = globalThis.fetch,
  patienceMs = 30_000,
  pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now = Date.now,
}: ClientOptions): ProvisioningClient {
  const base = url.endsWith('/') ? url : `${url}/`;
  const call = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${base}${path}`, {
      ...init,
      redirect: 'error',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
  return {
    async me(token) {
      const answer = await call('me', token);
      return answer.ok ? ((await answer.json()) as Me) : fail(answer);
    },
    async accountIn(system, token, wish = {}) {
      const until = now() + patienceMs;
      const init = {
        ...{ method: 'PUT', body: JSON.stringify(wish) },
        headers: { 'content-type': 'application/json', prefer: `wait=${WAIT_SECONDS}` },
      };
      for (;;) {
        const answer = await call(`me/links/${encodeURIComponent(system)}`, token, init);
        if (answer.status === 200) return ((await answer.json()) as { link: Link }).link;
        const isPassing = [202, 429, 502, 503, 504].includes(answer.status);
        if (!isPassing) return fail(answer);
        const pauseMs = pauseOf(answer);
        if (now() + pauseMs >= until) return answer.status === 202 ? giveUp(answer) : fail(answer);
        // A body that nobody reads keeps its connection.
        await answer.body?.cancel();
        await pause(pauseMs);
      }
    },
  };
}

function pauseOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 1);
  return Math.min(Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 1_000, MOST_PAUSE_MS);
}

async function giveUp(answer: Response): Promise<never> {
  const { link } = (await answer.json()) as { link: Link };
  throw new ProvisioningError(202, 'still-waiting', 'The account is not there yet.', link);
}

/** What is no problem of the API is one of API Gateway, or of whatever is in between. */
async function fail(answer: Response): Promise<never> {
  const problem = (await answer.json().catch(() => ({}))) as { code?: unknown; title?: unknown; link?: Link };
  const code = typeof problem.code === 'string' ? problem.code : `http-${answer.status}`;
  const words = typeof problem.title === 'string' ? problem.title : `The API answered ${answer.status}.`;
  throw new ProvisioningError(answer.status, code, words, problem.link);
}
