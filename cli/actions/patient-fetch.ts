type Fetch = typeof globalThis.fetch;

export interface Patience {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Aborted when the operator wants to end. */
  readonly stopping: () => AbortSignal;
  /** Hears of every wait. */
  readonly onWait?: (milliseconds: number) => void;
  /** Calls that must not be made again after a wait, as what they are made of may be old by then. */
  readonly isOfTheMoment?: (url: string, method: string) => boolean;
}

/** How long all waits of one call may take together: tenants refill their buckets within seconds. */
const PATIENCE_MS = 60_000;

const SERVER_TRIES = 3;
const FIRST_PAUSE_MS = 1_000;

/**
 * Waits where Auth0 says that too many calls were made, until the moment it names. Reads again what a server fault
 * spoiled; a write is never repeated, as nobody knows what became of it.
 */
export function patientFetch(fetch: Fetch, patience: Patience): Fetch {
  return async (input, init) => {
    const method = init?.method ?? 'GET';
    const isOnce = patience.isOfTheMoment?.(urlOf(input), method) ?? false;
    let waited = 0;
    for (let tries = 1; ; tries++) {
      const response = await fetch(input, init);
      const wait = isOnce ? undefined : waitAfter(response, tries, method);
      const isOver = wait === undefined || waited + wait > PATIENCE_MS || patience.stopping().aborted;
      if (isOver) return response;
      await response.body?.cancel();
      patience.onWait?.(wait);
      await patience.pause(wait);
      waited += wait;
    }
  };
}

function urlOf(input: Parameters<Fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

/** How long to wait before the same call again; undefined when this is the answer. */
function waitAfter({ status, headers }: Response, tries: number, method: string): number | undefined {
  const growing = FIRST_PAUSE_MS * 2 ** (tries - 1);
  if (status === 429) return untilReset(headers) ?? growing;
  return status >= 500 && method === 'GET' && tries < SERVER_TRIES ? growing : undefined;
}

// By the clock of Auth0, as that of a laptop may be minutes off.
function untilReset(headers: Headers): number | undefined {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  const wait = reset - (Date.parse(headers.get('date') ?? '') || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(FIRST_PAUSE_MS, wait);
}
