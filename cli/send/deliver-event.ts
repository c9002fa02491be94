import { safeText } from '../../terminal/safe-text';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import type { EventRequest } from './event-request';

/** What the API answered when it took the event. */
export interface Receipt {
  readonly messageId: string;
  readonly requestId: string;
}

/** The only answers that another try can change. */
const WORTH_A_RETRY = [429, 502, 503];
const MOST_TRIES = 5;
const LONGEST_PAUSE_S = 30;

type DeliverDeps = Pick<Deps, 'fetch' | 'pause' | 'clock' | 'stopping'>;

/** Sends until the API takes it. A request is made anew for each try, as its signature says when. */
export async function deliverEvent(
  makeRequest: () => Promise<EventRequest>,
  deps: DeliverDeps,
): Promise<Receipt> {
  for (let tries = 1; ; tries += 1) {
    const { url, init } = await makeRequest();
    const answer = await deps.fetch(url, { ...init, redirect: 'manual' }).catch(unreachable);
    deps.clock.learn(answer.headers.get('date'));
    const body = (await answer.json().catch(() => ({}))) as Partial<Receipt> & { code?: string };
    if (answer.status === 202) return { messageId: body.messageId ?? '', requestId: body.requestId ?? '' };
    const isFinal = !WORTH_A_RETRY.includes(answer.status) || tries >= MOST_TRIES || deps.stopping().aborted;
    if (isFinal) throw refused(answer.status, body);
    await deps.pause(pauseSeconds(answer.headers.get('retry-after'), tries) * 1_000);
  }
}

function pauseSeconds(retryAfter: string | null, tries: number): number {
  const asked = Number(retryAfter ?? Number.NaN);
  return Math.min(Number.isFinite(asked) ? asked : 2 ** tries / 4, LONGEST_PAUSE_S);
}

function unreachable(error: Error & { cause?: { code?: string } }): never {
  const cause = error.cause?.code ?? error.name;
  throw new CliError(
    'unreachable',
    `The event API does not answer (${cause})`,
    'Is the network there, or the local run still running?',
  );
}

const HINTS: Readonly<Record<number, string>> = {
  400: 'docs/contract.md describes events',
  403: 'The key is not one of this API: npx punctual doctor looks at it',
  429: 'Send slower, with --rate',
};

function refused(status: number, body: { code?: string; requestId?: string }): CliError {
  const request = body.requestId === undefined ? '' : `, request ${body.requestId}`;
  const code = /^[a-z-]{1,40}$/.test(body.code ?? '') ? String(body.code) : `http-${status}`;
  return new CliError(
    code,
    safeText(`The event API answered ${status}${request}`),
    HINTS[status] ?? 'docs/contract.md, "Answers", says what that means',
  );
}
