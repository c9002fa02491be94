import type { Emission } from '../emit/emit';
import type { Asked } from './ask-readiness';
import { type Provisioning, provisioningBy } from './claims';
import { type Look, mayWait } from './look-at';
import type { Redemption } from './redeem-invitation';

/** How the calls of a login ended; what was not called is not there. */
export interface Calls {
  readonly emission?: Emission;
  readonly asked?: Asked | undefined;
}

export interface Conclusion {
  readonly provisioning: Provisioning;
  /** Whether a required system keeps the person from being ready, so that they had better see it. */
  readonly isToWait: boolean;
}

/** True where the answer says that what was asked for is not under way, or where nobody could be asked. */
export function isToTellAgain(asked: Asked | undefined): boolean {
  if (asked === undefined) return true;
  const { answer } = asked;
  return answer !== undefined && !answer.all && (!answer.known || answer.failed.length > 0);
}

/** What follows from the calls of a login. */
export function conclude(look: Look, calls: Calls, redemption?: Redemption): Conclusion {
  const conclusion = concludeCalls(look, calls);
  const { provisioning } = conclusion;
  // What an invitation brings is on its way, so that nobody has all of it before somebody says so.
  if (redemption?.outcome !== 'redeemed' || provisioning.state !== 'ready') return conclusion;
  return { ...conclusion, provisioning: { ...provisioning, state: 'requested' } };
}

function concludeCalls(look: Look, { emission, asked }: Calls): Conclusion {
  const { course, known, systems } = look;
  const answer = asked?.answer;
  const isRequested = course === 'ask' || emission?.code === 'emitted';
  if (!isRequested) return { provisioning: known, isToWait: false };
  const provisioning: Provisioning =
    answer === undefined ? { state: 'requested' } : provisioningBy(answer, systems);
  // A status API that does not answer has no page to show either: the login would end there.
  const isOpen = answer !== undefined && !answer.all && (!answer.settled || answer.failed.length > 0);
  return { provisioning, isToWait: mayWait(look) && isOpen };
}
