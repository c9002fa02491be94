import { type Outcome, provisioned, skipped } from '../../../events/outcome';
import { locatedToErase, type ReadBack, settled } from '../../user-links/erasure';
import type { Closing } from '../../user-links/transitions';
import type { UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import type { Reservations } from '../accounts/reservations';
import { type AccountRequest, type Connector, RetryableError } from '../connector';
import { tellErasure } from '../hand-over/hand-over';
import type { Handover } from '../hand-over/handover';
import { eraseAccount } from './erase-account';

export interface EraseDeps {
  readonly links: Pick<UserLinks, 'close'>;
  readonly connector: Connector | Handover;
  readonly reservations: Pick<Reservations, 'giveBack'>;
  /** Name of an account that says nothing of whose it is. */
  readonly accountRefOf: (accountId: string) => Promise<string>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What becomes of the row of an erasure, and of the message. */
export interface ErasureResult {
  readonly row: UserLink;
  readonly outcome: Outcome;
}

/**
 * Takes the step of an erasure that a claimed link says.
 *
 * @param explain what a failure means for the link and its message
 */
export async function eraseLink(
  deps: EraseDeps,
  mine: UserLink,
  request: AccountRequest,
  explain: (link: UserLink, error: unknown) => { readonly closing: Closing; readonly outcome: Outcome },
): Promise<ErasureResult> {
  let link = mine;
  const note = async (accountId: string) => {
    const noted = locatedToErase(link, accountId, deps.now());
    if (noted === link) return;
    if (!(await deps.links.close(noted, mine.lease?.token ?? ''))) throw new RetryableError('lease-lost');
    link = noted;
  };
  const end = (closing: Closing | ReadBack, outcome: Outcome) => ({
    row: settled(link, closing, deps.now()),
    outcome,
  });
  try {
    const { accountId, creation } = mine;
    const known = {
      ...(accountId !== undefined && { accountId }),
      ...(creation !== undefined && { creation }),
    };
    const { connector } = deps;
    const result = await ('deliver' in connector
      ? tellErasure(connector, mine, request)
      : eraseAccount(connector, request, { ...known, note }));
    if (result.kind === 'held') return end({ state: 'held', code: result.code }, skipped(result.code));
    // What was taken over is gone, and so is what said whose it was.
    for (const id of result.accountIds) await deps.reservations.giveBack(id, mine.userRef);
    const accounts = await Promise.all(result.accountIds.map(deps.accountRefOf));
    const { removed, told } = result;
    return end({ state: 'read-back', accounts, removed, ...(told && { told }) }, provisioned);
  } catch (error) {
    const { closing, outcome } = explain(link, error);
    return end(closing, outcome);
  }
}
