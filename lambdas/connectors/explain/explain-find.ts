import type { ExplainedStep } from '../../../events/explanation';
import type { Account, Found } from '../connector';
import { explainPlace } from './explain-place';
import type { Findings } from './find-out';
import type { Telling } from './five-steps';
import type { Seen } from './observed-connector';
import { idShown, inWords, requestsOf, told, whyNot } from './told';

const CARRIES: Readonly<Record<Account['carries'], string>> = {
  ours: 'it carries our externalId',
  none: 'it carries no externalId',
  another: "it carries another user's externalId",
};
const BY: Partial<Record<Seen['verb'], string>> = { read: 'by its id', find: 'by our externalId' };

/** Which account is the user's, by the id of the link and by our externalId. */
export function explainFind(findings: Findings, telling: Telling): ExplainedStep {
  const { seen, isHandover, refused, place } = findings;
  const row = [...rowOf(findings, telling), ...explainPlace(findings)];
  if (place.is === 'refused') {
    const { code, detail } = place.refusal;
    return told('find', 'stops', inWords(code, detail), { details: row });
  }
  if (isHandover) {
    return told('find', 'well', 'nobody can look: the system makes its accounts itself', { details: row });
  }
  const looks = looksOf(seen);
  const last = looks.at(-1);
  const details = [...row, ...looks.map(describeLook)];
  const requests = requestsOf(looks, telling);
  if (last === undefined) {
    const why = refused === undefined ? 'the message ends before a look-up' : inWords(refused.code);
    return told('find', 'unknown', `nobody looked: ${why}`, { details });
  }
  if (last.found === undefined) {
    return told('find', 'unknown', `not answered: ${whyNot(last.error)}`, { details, requests });
  }
  return told('find', ...verdictOf(last.found), { details, requests });
}

/** The looks for the account before anything would have been changed. */
function looksOf(seen: readonly Seen[]): Seen[] {
  const isLook = ({ verb }: Seen) => verb === 'read' || verb === 'find';
  const end = seen.findIndex((one) => !isLook(one));
  return seen.slice(0, end < 0 ? undefined : end).filter(isLook);
}

/** The account that the looks came to, if it is the user's. */
export function accountFound({ seen }: Findings): Account | undefined {
  const found = looksOf(seen).at(-1)?.found;
  return found?.kind === 'one' && found.account.carries === 'ours' ? found.account : undefined;
}

/** True when the system answered that there is none. */
export const isNoneFound = ({ seen }: Findings) => looksOf(seen).at(-1)?.found?.kind === 'none';

function verdictOf(found: Found): readonly [ExplainedStep['is'], string] {
  if (found.kind === 'none') return ['well', 'no account'];
  if (found.kind === 'many') return ['stops', inWords('ambiguous')];
  const { carries } = found.account;
  return [carries === 'ours' ? 'well' : 'stops', `one account; ${CARRIES[carries]}`];
}

function describeLook({ verb, found, error }: Seen): string {
  const answer = found === undefined ? `not answered: ${whyNot(error)}` : COUNTS[found.kind];
  return `asked ${BY[verb] ?? verb}: ${answer}`;
}

export const COUNTS = { none: 'none', one: 'one', many: 'several' } as const;

function rowOf({ link }: Findings, telling: Telling): string[] {
  if (link === undefined) return ['There is no link yet.'];
  const { state, accountId, ownership } = link;
  const account = accountId === undefined ? 'no account' : `account ${idShown(accountId, telling)}`;
  return [`The link is ${state}, with ${account}${ownership === undefined ? '' : `, ${ownership}`}.`];
}
