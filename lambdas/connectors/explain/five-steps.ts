import type { ExplainedStep } from '../../../events/explanation';
import type { AdoptionPolicy } from '../accounts/adoption';
import type { ScopeRule } from '../intent/scope-rule';
import { explainFind } from './explain-find';
import { explainMatch } from './explain-match';
import { explainPlan } from './explain-plan';
import { explainScope } from './explain-scope';
import { explainSend } from './explain-send';
import type { Findings } from './find-out';
import type { KindExplained } from './kind-explained';
import { told } from './told';

/** What the configuration of the system says, and how much may be seen. */
export interface Telling {
  readonly kind: KindExplained;
  readonly scopeRule: ScopeRule | null;
  readonly adoption: AdoptionPolicy;
  readonly reveal: boolean;
}

/** The way from an event to an account, step by step. */
export function fiveSteps(findings: Findings, telling: Telling): ExplainedStep[] {
  const looks = [explainFind(findings, telling), explainMatch(findings, telling)];
  const untold = untoldOf(findings, telling);
  if (untold !== undefined) {
    const nothing = 'nothing: the event does not come here';
    return [
      told('scope', 'stops', untold),
      ...looks,
      told('plan', 'well', nothing),
      told('send', 'well', nothing),
    ];
  }
  return [
    explainScope(findings, telling),
    ...looks,
    explainPlan(findings, telling),
    explainSend(findings, telling),
  ];
}

/** Whoever asks gives an event straight to the function, which its queue would never get. */
function untoldOf({ parsed }: Findings, { kind: { hears } }: Telling): string | undefined {
  if (!parsed?.ok || hears === undefined || hears.includes(parsed.event.type)) return undefined;
  return `the system is not told of ${parsed.event.type}, but of ${hears.join(', ')}`;
}
