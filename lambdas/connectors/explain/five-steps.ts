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

/** What the configuration of the system says, and how much may be seen. */
export interface Telling {
  readonly kind: KindExplained;
  readonly scopeRule: ScopeRule | null;
  readonly adoption: AdoptionPolicy;
  readonly reveal: boolean;
}

/** The way from an event to an account, step by step. */
export function fiveSteps(findings: Findings, telling: Telling): ExplainedStep[] {
  const steps = [explainScope, explainFind, explainMatch, explainPlan, explainSend];
  return steps.map((explain) => explain(findings, telling));
}
