import type { ExplainRequest } from '../../../events/explain-request';
import type { Explanation } from '../../../events/explanation';
import { errorName } from '../../runtime/logger';
import type { ScopeRule } from '../intent/scope-rule';
import { type Over, type Reach, transportTo } from '../transport';
import { findOut } from './find-out';
import { fiveSteps } from './five-steps';
import type { KindExplained } from './kind-explained';
import { lastFailureOf } from './last-failure';
import type { Preview } from './preview';
import { type RecordedCall, recordingTransport } from './recording-transport';

export interface ExplainDeps {
  readonly system: string;
  readonly kind: KindExplained;
  readonly scopeRule: ScopeRule | null;
  readonly transport: Reach;
  /** The way into the system over any transport. */
  readonly over: Over;
  readonly newPreview: () => Preview;
}

/**
 * Answers an operator who asks what becomes of one user in this system, and why. Nothing is changed, counted or logged.
 * An error names no person either: Lambda logs it.
 */
export function createExplain(deps: ExplainDeps): (request: ExplainRequest) => Promise<Explanation> {
  return (request) =>
    explain(deps, request).catch((error) => {
      throw new Error(`nothing could be explained: ${errorName(error)}`);
    });
}

async function explain(deps: ExplainDeps, { explain: asked }: ExplainRequest): Promise<Explanation> {
  const calls: RecordedCall[] = [];
  const wayTo = (instance?: string) =>
    deps.over(recordingTransport(transportTo(deps.transport, instance), calls), instance);
  const preview = deps.newPreview();
  const { userId, event: body, reveal } = asked;
  const findings = await findOut({ preview, wayTo, calls }, { userId, body });
  const lastFailure = lastFailureOf(findings.link);
  return {
    system: deps.system,
    revealed: reveal,
    steps: fiveSteps(findings, {
      ...{ kind: deps.kind, scopeRule: deps.scopeRule, adoption: preview.deps.adoption, reveal },
    }),
    ...(lastFailure && { lastFailure }),
  };
}
