import type { UserEvent } from '../../../events/event-schema';
import { type Outcome, retry } from '../../../events/outcome';
import type { DecisionPolicy } from '../../user-links/decision';
import { decideSignOff, type SignOff } from '../../user-links/sign-off';
import type { Claim } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';

export interface SignOffDeps {
  readonly system: string;
  readonly links: Pick<UserLinks, 'get' | 'claim'>;
  readonly policy: DecisionPolicy;
  /** Milliseconds until another worker, which was faster, is done. */
  readonly waitMs: number;
}

/** What the event says of an account that the system made; undefined for any other event. */
export function signOffIn({ type, time, data }: UserEvent): SignOff | undefined {
  const { accountId } = data;
  if (type !== 'account.linked' || accountId === undefined) return undefined;
  return { accountId, at: Date.parse(time) };
}

/** Notes which account a system made. Rejects when the table fails. */
export async function takeSignOff(deps: SignOffDeps, claim: Claim, signOff: SignOff): Promise<Outcome> {
  const link = await deps.links.get(claim.userRef, deps.system);
  const decision = decideSignOff(link, claim, signOff, deps.policy);
  switch (decision.do) {
    case 'end':
      return decision.outcome;
    case 'write':
      if (await deps.links.claim(decision.link, link)) return decision.outcome;
      return retry('in-progress', deps.waitMs);
    default:
      throw new Error('A sign-off asks for no work.');
  }
}
