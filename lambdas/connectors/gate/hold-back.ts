import { type Outcome, rejected, retry } from '../../../events/outcome';
import { closed } from '../../user-links/transitions';
import { endedOf, type UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import type { AcceptedEvent } from '../authenticity/accepted-event';
import { backoffMs, putOffMs, type RetryPolicy } from '../outcome/retry-policy';
import type { Refused } from './gate';

export interface HoldBackDeps {
  readonly links: Pick<UserLinks, 'claim'>;
  readonly retry: RetryPolicy;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A message that wants work on a link while nobody may call the system. */
export interface Held {
  readonly accepted: Pick<AcceptedEvent, 'deliveries' | 'queuedAt'>;
  readonly refused: Refused;
  readonly link: UserLink | undefined;
  /** The row as a claim would have written it. */
  readonly mine: UserLink;
  /** Epoch ms. */
  readonly now: number;
}

/** Puts a message off without an attempt and without a write; gives it up once it has waited for the whole horizon. */
export async function holdBack(deps: HoldBackDeps, held: Held): Promise<Outcome> {
  const { accepted, refused, link, mine, now } = held;
  const { deliveries, queuedAt } = accepted;
  const isOver = now - queuedAt >= deps.retry.horizonMs;
  // An erasure is noted although nothing can be removed yet, so that nothing of this life is made meanwhile.
  const isNews = endedOf(mine) === 'erased' && (link === undefined || endedOf(link) !== 'erased');
  if ((isOver || isNews) && !(await deps.links.claim(untried(held, isOver), link))) {
    return retry('in-progress', backoffMs(deps.retry, deliveries, deps.random()));
  }
  // The link says so too: whoever looks for those who wait in vain looks there.
  if (isOver) return rejected('retries-exhausted', refused.code);
  return retry(refused.code, putOffMs(deps.retry, deliveries, deps.random(), refused.forMs));
}

function untried({ mine, refused, now }: Held, isOver: boolean): UserLink {
  const { lease: _lease, ...row } = { ...mine, attempts: mine.attempts - 1 };
  return isOver ? closed(row, { state: 'failed', code: refused.code }, now) : row;
}
