import type { ExplainedStep } from '../../../events/explanation';
import { isVouchedFor } from '../accounts/vouching';
import type { Found } from '../connector';
import { accountFound, COUNTS } from './explain-find';
import type { Findings } from './find-out';
import type { Telling } from './five-steps';
import type { Seen } from './observed-connector';
import { inWords, requestsOf, told, whyNot } from './told';

/** Whether an account without our externalId is the user's, by the rules of the system. */
export function explainMatch(findings: Findings, telling: Telling): ExplainedStep {
  const matches = findings.seen.filter(({ verb }) => verb === 'match');
  const last = matches.at(-1);
  if (last === undefined) return told('match', ...notAsked(findings, telling));
  const rest = {
    details: [...matches.map(describeMatch), ...aboutProof(findings, telling)],
    requests: requestsOf(matches, telling),
  };
  if (last.found === undefined) return told('match', 'unknown', `not answered: ${whyNot(last.error)}`, rest);
  return told('match', ...verdictOf(last, findings, telling), rest);
}

type Verdict = readonly [ExplainedStep['is'], string];

function notAsked(findings: Findings, { adoption: { correlate } }: Telling): Verdict {
  const { isHandover, link, asked, terms } = findings;
  if (isHandover) return ['well', 'not asked: nobody can look into the system'];
  if (link?.chosen !== undefined) return ['well', 'not asked: an operator chose'];
  if (accountFound(findings) !== undefined) return ['well', 'not asked: the account is found'];
  if (correlate.length === 0) return ['well', 'not asked: the system has no rules'];
  if (asked === undefined) return ['unknown', "not asked: the user's attributes are not known"];
  if (terms?.traits.length === 0) return ['well', 'not asked: the user has no attribute that a rule names'];
  return ['unknown', 'not asked: it did not come to that'];
}

function verdictOf({ found, of }: Seen, { asked }: Findings, telling: Telling): Verdict {
  const { kind } = found as Found;
  if (found === undefined || kind === 'none') return ['well', 'no rule finds an account'];
  if (found.kind !== 'one') return ['stops', inWords('ambiguous')];
  const { carries } = found.account;
  if (carries === 'ours') return ['well', `${of} finds an account that carries our externalId`];
  if (carries === 'another') return ['stops', `${of} finds another user's account`];
  const isTaken = telling.adoption.adopt && asked?.intent.vouched === true;
  return isTaken
    ? ['well', `${of} finds an account, which the user gets`]
    : ['stops', `${of} finds an account that nobody proves to be the user's`];
}

const describeMatch = ({ of, found, error }: Seen): string =>
  `asked by ${of}: ${found === undefined ? `not answered: ${whyNot(error)}` : COUNTS[found.kind]}`;

function aboutProof({ asked }: Findings, { adoption }: Telling): string[] {
  if (asked === undefined) return [];
  const { adopt, trustVerifiedEmailFrom } = adoption;
  if (!adopt) return ['The system takes no account over (adopt is false).'];
  if (asked.intent.vouched) return ["The event vouches for the user's address."];
  const asLogin = { type: 'user.logged-in' as const, data: asked.event.data };
  const isLoginEnough = isVouchedFor(asLogin, trustVerifiedEmailFrom);
  return [
    `The event does not vouch for the user's address; a login ${isLoginEnough ? 'would' : 'would not either'}.`,
  ];
}
