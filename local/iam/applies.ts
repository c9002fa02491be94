import { ACCOUNT } from '../template/pseudo-parameters';
import type { AccessRequest, Principal } from './access-request';
import { conditionsHold } from './condition';
import type { PrincipalPatterns, Selection, Statement } from './statement';
import { matchesWildcard } from './wildcard';

const ACCOUNT_ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** One action pattern on one resource pattern: the smallest part of a statement that can be taken away. */
export type IsGranted = (actionPattern: string, resourcePattern: string) => boolean;

/** Whether action, resource and conditions of a statement fit; who asks is another question. */
export function covers(statement: Statement, request: AccessRequest, isGranted: IsGranted): boolean {
  const { actions, resources, conditions } = statement;
  const fits = actionsThatFit(actions, request.action).some((action) =>
    resourcesThatFit(resources, request.resource).some((resource) => isGranted(action, resource)),
  );
  return fits && conditionsHold(conditions, request.context);
}

function actionsThatFit({ patterns, inverted }: Selection, action: string): string[] {
  const fitting = patterns.filter((pattern) => matchesWildcard(pattern, action, 'i'));
  return inverted ? invert(patterns, fitting) : fitting;
}

function resourcesThatFit({ patterns, inverted }: Selection, resource: string): string[] {
  const fitting = patterns.filter((pattern) => matchesWildcard(pattern, resource));
  return inverted ? invert(patterns, fitting) : fitting;
}

/** What is excluded cannot be taken away pattern by pattern: it stands as one. */
function invert(patterns: readonly string[], fitting: readonly string[]): string[] {
  return fitting.length > 0 ? [] : [patterns.join(' ')];
}

/** Whether the policy of a resource names this very caller, or everybody. */
export function namesPrincipal({ aws, services }: PrincipalPatterns, principal: Principal): boolean {
  if (aws.includes('*')) return true;
  return principal.kind === 'service' ? services.includes(principal.name) : aws.includes(principal.arn);
}

/** Whether it names the account, which hands the question on to the policies of the account's roles. */
export function namesAccount({ aws }: PrincipalPatterns): boolean {
  return aws.includes(ACCOUNT_ROOT) || aws.includes(ACCOUNT);
}
