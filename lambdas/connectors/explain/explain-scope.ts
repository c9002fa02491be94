import type { ExplainedStep } from '../../../events/explanation';
import { bringsAccount } from '../../../events/jit-rule';
import type { Jit, Scoped } from '../../user-links/intent';
import { isOutside, type UserLink } from '../../user-links/user-link';
import { findingsOf } from '../intent/scope';
import type { Findings } from './find-out';
import type { Telling } from './five-steps';
import { inWords, told } from './told';

/** Whether the system is to have the user at all. */
export function explainScope(findings: Findings, telling: Telling): ExplainedStep {
  const { parsed, asked, outcome, link } = findings;
  if (parsed === undefined) {
    return told('scope', 'unknown', 'not known: nobody said what Auth0 has of the user', {
      details: conditionsOf(findings, telling),
    });
  }
  if (!parsed.ok) return told('scope', 'stops', inWords(parsed.code, parsed.path || undefined));
  if (asked === undefined) return told('scope', 'stops', inWords('unsupported-type'));
  if (outcome?.kind === 'skipped' && outcome.code === 'other-system') {
    return told('scope', 'stops', inWords('other-system'));
  }
  const scope = link === undefined ? asked.intent.firstScope : asked.intent.scope;
  const left = link !== undefined && isOutside(link) ? ['The link says that the user is outside.'] : [];
  const details = [...conditionsOf(findings, telling), ...left, ...waysIn(asked.intent.jit, link)];
  const isOff = outcome?.kind === 'skipped' && outcome.code === 'jit-off';
  return isOff
    ? told('scope', 'stops', inWords('jit-off'), { details })
    : told('scope', ...WORDS[scope], { details });
}

/** How the user comes in, where not every connection brings an account. */
function waysIn(jit: Jit, link: UserLink | undefined): string[] {
  if (jit === 'needless') return [];
  const { rule, connections } = jit;
  const before = link?.broughtBy === undefined ? [] : [link.broughtBy];
  const names = [...new Set([...connections, ...before])];
  if (names.length === 0) return ['Nobody said by which connection the user comes.'];
  return names.map(
    (name) => `connection ${name}: ${bringsAccount(rule, name) ? 'brings an account' : 'brings none'}`,
  );
}

const WORDS: Readonly<Record<Scoped, readonly [ExplainedStep['is'], string]>> = {
  everybody: ['well', 'the system is for everybody'],
  inside: ['well', 'the user is inside'],
  outside: ['stops', 'the user is outside'],
  unknown: ['unknown', 'the event does not say; what was known before counts'],
};

/** What of the scope holds. */
function conditionsOf({ asked, link }: Findings, { scopeRule }: Telling): string[] {
  if (scopeRule === null) return [];
  const { connections, strategies, where = [] } = scopeRule;
  const isOfConnection = connections !== undefined || strategies !== undefined;
  const names = [...(isOfConnection ? ['connection'] : []), ...where.map(({ of }) => of)];
  if (asked === undefined) return [`It depends on: ${names.join(', ')}.`];
  const held = findingsOf(scopeRule, asked.event, { byLogin: link === undefined });
  return held.map(
    ({ of, holds }) => `${of}: ${holds === undefined ? 'not said' : holds ? 'fits' : 'does not fit'}`,
  );
}
