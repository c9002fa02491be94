import type { ExplainedStep } from '../../../events/explanation';
import { explainAttributes, type Target } from './explain-attributes';
import { accountFound, isNoneFound } from './explain-find';
import type { Findings } from './find-out';
import type { Telling } from './five-steps';
import { inWords, told } from './told';

/** How a message of now would end, and what becomes of each attribute. */
export function explainPlan(findings: Findings, telling: Telling): ExplainedStep {
  const { parsed, asked, outcome } = findings;
  if (asked === undefined || outcome === undefined) {
    const isKnown = parsed !== undefined;
    return told(
      'plan',
      isKnown ? 'stops' : 'unknown',
      isKnown ? 'nothing' : 'not known without the attributes',
    );
  }
  const { complete, want } = asked.intent;
  const details = [
    `${asked.event.type} ${complete ? 'tells the whole profile' : 'does not tell the whole profile'}.`,
    ...stateAfter(findings),
  ];
  const isShowing = want === 'account' || want === 'enabled';
  const { request } = asked;
  const attributes = isShowing
    ? { attributes: explainAttributes(request.attributes, targetOf(findings), telling.kind, telling.reveal) }
    : {};
  return told('plan', ...verdictOf(findings), { details, ...attributes });
}

function verdictOf({ outcome, next }: Findings): readonly [ExplainedStep['is'], string] {
  switch (outcome?.kind) {
    case 'provisioned':
      return ['well', `the account is brought to what is wanted; then the link is ${next?.state}`];
    case 'skipped':
      return [
        outcome.code === 'unchanged' || outcome.code === 'already-linked' ? 'well' : 'stops',
        inWords(outcome.code),
      ];
    case 'rejected':
      return ['stops', `parked: ${inWords(outcome.code, outcome.detail)}`];
    case 'retry':
      return ['stops', `tried again later: ${inWords(outcome.code)}`];
    case undefined:
      return ['unknown', 'not known'];
  }
}

function stateAfter({ link, next }: Findings): string[] {
  if (next === undefined) return ['The link stays as it is.'];
  const { state, code } = next;
  const before = link === undefined ? 'new' : link.state;
  return [`The link: ${before} -> ${state}${code === undefined ? '' : ` (${code})`}`];
}

function targetOf(findings: Findings): Target {
  const account = accountFound(findings) ?? findings.seen.find(({ verb }) => verb === 'change')?.account;
  if (account !== undefined)
    return { is: 'there', account, complete: findings.asked?.intent.complete === true };
  const isNew =
    isNoneFound(findings) && !findings.seen.some(({ found }) => found !== undefined && found.kind !== 'none');
  return isNew ? { is: 'new' } : { is: 'unknown' };
}
