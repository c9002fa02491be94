import { placeName } from '../../events/instance-name';
import { accountRefOf } from '../../events/user-ref';
import { erasedByHand, erasing } from '../../lambdas/user-links/erasure';
import { erasureClaim, markLink } from '../../lambdas/user-links/mark-link';
import { ageOf, type Claim, type UserLink } from '../../lambdas/user-links/user-link';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import type { Person } from './person';

export type MarkDeps = Pick<Deps, 'outputs' | 'linkRows' | 'secrets' | 'now' | 'pause' | 'stopping'>;

/**
 * Sets the tombstone of every system before anything is removed.
 *
 * @param byHand systems whose account an operator has removed
 * @param eventId of the event that will ask the workers
 */
export async function markLinks(
  person: Person,
  { byHand, eventId }: { readonly byHand: readonly string[]; readonly eventId: string },
  deps: MarkDeps,
): Promise<void> {
  const outputs = await deps.outputs();
  const pepper = await (await deps.secrets()).read(outputOf(outputs, 'UserRefPepperArn'));
  for (const system of person.systems) {
    const claim = () => erasureClaim(person, { system, eventId }, deps.now());
    const mark = byHand.includes(system)
      ? (link: UserLink | undefined) => byHandOf(link, claim(), pepper)
      : (link: UserLink | undefined) => erasing(link, claim());
    await markOne(person.userRef, system, mark, deps);
  }
}

function byHandOf(link: UserLink | undefined, claim: Claim, pepper: string): UserLink {
  const age = link === undefined ? 'newer' : ageOf(link, claim);
  const isDone = link?.erasure?.byHand === true && link.state === 'deprovisioned';
  // What was removed by hand in an earlier life says nothing of this one; a later life is not the one that is meant.
  if (link !== undefined && (age === 'older' || (age === 'same' && isDone))) return link;
  const place = placeName(claim.system, link?.instance);
  const accounts = link?.accountId === undefined ? [] : [accountRefOf(pepper, place, link.accountId)];
  return erasedByHand(link, claim, accounts);
}

async function markOne(
  userRef: string,
  system: string,
  mark: (link: UserLink | undefined) => UserLink,
  deps: MarkDeps,
): Promise<void> {
  const table = outputOf(await deps.outputs(), 'UserLinkTableName');
  const rows = await deps.linkRows();
  await markLink(system, mark, {
    get: (name) => rows.get(table, userRef, name),
    replace: (marked, link) => wasReplaced(rows.replace(table, marked, link)),
    ...{ now: deps.now, pause: deps.pause, isOver: () => deps.stopping().aborted },
  });
}

/** False when somebody else wrote the row at the same moment. */
async function wasReplaced(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof CliError && error.code === 'link-changed') return false;
    throw error;
  }
}
