import { type Outcome, provisioned, skipped } from '../../../events/outcome';
import { locatedToErase, type ReadBack, settled } from '../../user-links/erasure';
import type { Closing } from '../../user-links/transitions';
import type { UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import { type AccountRequest, RetryableError } from '../connector';
import { sampleOf } from '../gate/sample-of';
import { tellErasure } from '../hand-over/hand-over';
import type { Site } from '../instances/admit-to';
import type { CommonDeps } from '../provision-deps';
import { type AccountErased, eraseAccount } from './erase-account';

export interface EraseDeps extends Pick<CommonDeps, 'accountRefOf' | 'now'> {
  readonly links: Pick<UserLinks, 'close'>;
}

/** What becomes of the row of an erasure, and of the message. */
export interface ErasureResult {
  readonly row: UserLink;
  readonly outcome: Outcome;
}

/**
 * Takes the step of an erasure that a claimed link says.
 *
 * @param sites where the account may be: each instance of the system, where nobody knows which one has it
 * @param explain what a failure means for the link and its message
 */
export async function eraseLink(
  deps: EraseDeps,
  sites: readonly Site[],
  mine: UserLink,
  request: AccountRequest,
  explain: (link: UserLink, error: unknown) => { readonly closing: Closing; readonly outcome: Outcome },
): Promise<ErasureResult> {
  let link = mine;
  const note = async (accountId: string, instance: string | undefined) => {
    const noted = locatedToErase(link, { accountId, instance }, deps.now());
    if (noted === link) return;
    if (!(await deps.links.close(noted, mine.lease?.token ?? ''))) throw new RetryableError('lease-lost');
    link = noted;
  };
  const end = (closing: Closing | ReadBack, outcome: Outcome) => ({
    row: settled(link, closing, deps.now()),
    outcome,
  });
  try {
    const done: Erased[] = [];
    for (const site of sites) {
      const result = await eraseAt(site, mine, request, note);
      if (result.kind === 'held') return end({ state: 'held', code: result.code }, skipped(result.code));
      done.push(await namedBy(deps, site, mine, result));
    }
    const accounts = done.flatMap((one) => one.accounts);
    const told = done.some((one) => one.told === true);
    const removed = done.some((one) => one.removed);
    return end({ state: 'read-back', accounts, removed, ...(told && { told }) }, provisioned);
  } catch (error) {
    const { closing, outcome } = explain(link, error);
    return end(closing, outcome);
  }
}

async function eraseAt(
  { deps: { connector, instance }, settle }: Site,
  mine: UserLink,
  request: AccountRequest,
  note: (accountId: string, instance: string | undefined) => Promise<void>,
): Promise<AccountErased> {
  try {
    const result = await ('deliver' in connector
      ? tellErasure(connector, mine, request)
      : eraseAccount(connector, request, {
          ...knownIn(mine, instance),
          note: (accountId) => note(accountId, instance),
        }));
    await settle(sampleOf(undefined));
    return result;
  } catch (error) {
    await settle(sampleOf(error));
    throw error;
  }
}

// What is known of an account in one instance says nothing of another one.
function knownIn({ instance: of, accountId, creation }: UserLink, instance: string | undefined) {
  if (of !== instance) return {};
  return { ...(accountId !== undefined && { accountId }), ...(creation !== undefined && { creation }) };
}

interface Erased {
  readonly accounts: readonly string[];
  readonly removed: boolean;
  readonly told: true | undefined;
}

async function namedBy(
  { accountRefOf }: EraseDeps,
  { deps: { reservations, instance } }: Site,
  { userRef }: UserLink,
  { accountIds, removed, told }: AccountErased & { kind: 'erased' },
): Promise<Erased> {
  // What was taken over is gone, and so is what said whose it was.
  for (const id of accountIds) await reservations.giveBack(id, userRef);
  const accounts = await Promise.all(accountIds.map((id) => accountRefOf(id, instance)));
  return { accounts, removed, told };
}
