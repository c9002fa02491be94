import { type Outcome, provisioned, rejected, skipped } from '../../events/outcome';
import { obstacleOf } from './decide';
import type { Decision, DecisionPolicy } from './decision';
import { compact, isoOf, noReminder } from './transitions';
import { ageOf, type Claim, endedOf, isOutside, mayHaveAccount, type UserLink } from './user-link';

/** What a system that makes its accounts itself says of one: that it is there, and under which id. */
export interface SignOff {
  readonly accountId: string;
  /** Epoch ms at which the system said so. */
  readonly at: number;
}

/** What a sign-off means for the link as it stands: it names an account, and never makes or revives one. */
export function decideSignOff(
  link: UserLink | undefined,
  claim: Claim,
  signOff: SignOff,
  policy: DecisionPolicy,
): Decision {
  if (link === undefined) return end(unexpected('data.user.user_id'));
  // The system may be faster than we are: whoever told it has yet to write that down.
  const obstacle = obstacleOf(link, claim.now, policy);
  if (obstacle?.do === 'end') return obstacle;
  const refusal = refusalOf(link, claim, signOff);
  if (refusal !== undefined) return end(refusal);
  if (signOff.at < (link.signedOffAt ?? 0)) return end(skipped('stale'));
  const isNews = signOff.accountId !== link.accountId;
  if (endedOf(link) !== undefined) return named(link, claim, signOff, skipped('deleting'));
  if (isOutside(link)) return named(link, claim, signOff, skipped('out-of-scope'));
  // That a block could not be told must stay to be seen.
  if (link.state === 'disabled' || link.blocked === true)
    return named(link, claim, signOff, skipped('disabled'));
  if (link.state === 'held') return named(link, claim, signOff, skipped('held'));
  if (link.state === 'linked' && !isNews) return end(skipped('already-linked'));
  return { do: 'write', link: signedOff(link, claim, signOff), outcome: provisioned };
}

const end = (outcome: Outcome): Decision => ({ do: 'end', outcome });
const unexpected = (path: string) => rejected('sign-off-unexpected', path);

function refusalOf(link: UserLink, claim: Claim, { at }: SignOff): Outcome | undefined {
  const ended = endedOf(link);
  // An account of somebody who is gone was made after all, and nobody else will ever hear of it.
  if (link.state === 'deprovisioned' && at > Date.parse(link.updatedAt))
    return unexpected('data.user.user_id');
  if (ended === 'erased') return skipped('erased');
  if (link.state === 'deprovisioned') return skipped('deleted');
  // Without a generation a late word about an earlier life would count for this one.
  if (link.generation !== undefined && claim.generation === undefined)
    return unexpected('data.user.created_at');
  const age = ageOf(link, claim);
  if (age === 'older') return skipped('stale');
  if (age === 'newer') return unexpected('data.user.created_at');
  return mayHaveAccount(link) ? undefined : unexpected('data.user.user_id');
}

/** The account has a name now, and the link stays what it is. */
function named(link: UserLink, claim: Claim, { accountId, at }: SignOff, outcome: Outcome): Decision {
  if (link.accountId === accountId) return end(outcome);
  const { creation: _creation, ...kept } = link;
  const account = { accountId, ownership: 'created' as const, signedOffAt: at };
  const write = { revision: link.revision + 1, updatedAt: isoOf(claim.now) };
  return { do: 'write', link: { ...kept, ...account, ...write }, outcome };
}

function signedOff(link: UserLink, claim: Claim, { accountId, at }: SignOff): UserLink {
  const { creation: _creation, code: _code, verdict: _verdict, unsettled: _unsettled, lease, ...kept } = link;
  return compact({
    ...kept,
    ...noReminder,
    dueAt: undefined,
    ...{ state: 'linked' as const, accountId, ownership: 'created' as const, signedOffAt: at },
    // A worker that died may have told the system something else.
    applied: lease === undefined ? link.applied : undefined,
    revision: link.revision + 1,
    updatedAt: isoOf(claim.now),
  });
}
