import type { AccessRequest } from './access-request';
import { covers, type IsGranted, namesAccount, namesPrincipal } from './applies';
import type { Statement } from './statement';

export type PolicyKind = 'identity' | 'resource';

/** A statement with what of it is in force. */
export interface ActiveStatement {
  readonly statement: Statement;
  readonly isGranted: IsGranted;
}

export interface Policies {
  /** Of the role that asks; a service has none. */
  readonly identity: readonly ActiveStatement[];
  /** Of the resource. */
  readonly resource: readonly ActiveStatement[];
}

export type Decision =
  | { readonly allowed: true }
  /** `by`: the kind of policy that denies, or that would have had to allow. */
  | { readonly allowed: false; readonly explicit: boolean; readonly by: PolicyKind };

/**
 * AWS's logic within one account: an explicit Deny ends it; otherwise one Allow of the role's or of the resource's
 * policies is enough. A key is its own master: what its policy does not allow, or hand on to the account's policies,
 * nobody may. A service has no policies of its own, so that it needs the resource's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: Policies): Decision {
  const identity = policies.identity.filter(({ statement, isGranted }) =>
    covers(statement, request, isGranted),
  );
  const resource = policies.resource.filter(({ statement, isGranted }) =>
    covers(statement, request, isGranted),
  );
  const deniedBy = whoDenies(request, identity, resource);
  if (deniedBy) return { allowed: false, explicit: true, by: deniedBy };
  const allows = ({ statement }: ActiveStatement) => statement.effect === 'Allow';
  const byIdentity = identity.some(allows);
  const byResource = resource.some((active) => allows(active) && isNamed(active, request));
  if (byResource) return { allowed: true };
  if (request.principal.kind === 'service') return { allowed: false, explicit: false, by: 'resource' };
  if (isOfKey(request) && !resource.some((active) => allows(active) && isDelegated(active)))
    return { allowed: false, explicit: false, by: 'resource' };
  return byIdentity ? { allowed: true } : { allowed: false, explicit: false, by: 'identity' };
}

function whoDenies(
  request: AccessRequest,
  identity: readonly ActiveStatement[],
  resource: readonly ActiveStatement[],
): PolicyKind | undefined {
  if (identity.some(({ statement }) => statement.effect === 'Deny')) return 'identity';
  const isDenied = resource.some(
    (active) =>
      active.statement.effect === 'Deny' &&
      (isNamed(active, request) || (request.principal.kind === 'role' && isDelegated(active))),
  );
  return isDenied ? 'resource' : undefined;
}

function isNamed({ statement }: ActiveStatement, { principal }: AccessRequest): boolean {
  return statement.principals !== undefined && namesPrincipal(statement.principals, principal);
}

function isDelegated({ statement }: ActiveStatement): boolean {
  return statement.principals !== undefined && namesAccount(statement.principals);
}

function isOfKey({ action }: AccessRequest): boolean {
  return action.startsWith('kms:');
}
