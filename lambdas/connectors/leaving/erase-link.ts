import { type Outcome, provisioned, skipped } from '../../../events/outcome';
import { type Looked, lookedInto, READ_BACK, type ReadBack, settled } from '../../user-links/erasure';
import type { Closing } from '../../user-links/transitions';
import type { UserLink } from '../../user-links/user-link';
import type { AccountRequest } from '../connector';
import type { AdmittedTo } from '../instances/admit-to';
import type { CommonDeps } from '../provision-deps';
import { byUrgency } from './by-urgency';
import { type Look, lookInto, type Obstacle } from './look-into';
import { type NoteDeps, notesOn } from './notes-on';

export type EraseDeps = NoteDeps & Pick<CommonDeps, 'accountRefOf'>;

/** What becomes of the row of an erasure, and of the message. */
export interface ErasureResult {
  readonly row: UserLink;
  readonly outcome: Outcome;
}

interface Ended {
  readonly closing: Closing | ReadBack;
  readonly outcome: Outcome;
}

/**
 * Takes the step of an erasure that a claimed link says, in all places at once: so it takes no longer than one account,
 * however many instances a system has, and none that fails holds the others up. The look is over once it got into all.
 *
 * @param places where the account may be, and which of them may be called
 * @param explain what a failure means for the link and its message
 */
export async function eraseLink(
  deps: EraseDeps,
  { sites, barred }: Pick<AdmittedTo, 'sites' | 'barred'>,
  mine: UserLink,
  request: AccountRequest,
  explain: (link: UserLink, error: unknown) => Ended,
): Promise<ErasureResult> {
  const notes = notesOn(deps, mine);
  const looks = await Promise.all(sites.map((site) => lookInto(deps, site, mine, request, notes.add)));
  const gone = looks.filter(isGone);
  const open = [...looks.filter((look): look is Obstacle => !isGone(look)), ...barred].sort(byUrgency);
  // What is done is done: the next attempt goes where this one did not get to.
  const link = gone.length === 0 ? notes.link() : lookedInto(notes.link(), sumOf(gone), open, deps.now());
  const { closing, outcome } = endOf(open, (error) => explain(link, error));
  return { row: settled(link, closing, deps.now()), outcome };
}

function endOf([first]: readonly Obstacle[], explain: (error: unknown) => Ended): Ended {
  if (first === undefined) return { closing: READ_BACK, outcome: provisioned };
  const { held: code, error } = first;
  return code ? { closing: { state: 'held', code }, outcome: skipped(code) } : explain(error);
}

const isGone = (look: Look): look is Looked => 'accounts' in look;

const sumOf = (all: readonly Looked[]): Looked => ({
  accounts: all.flatMap(({ accounts }) => accounts),
  removed: all.some(({ removed }) => removed),
  told: all[0]?.told,
});
