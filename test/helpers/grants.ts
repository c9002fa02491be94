import { type AccessRequest, accessRequest } from '../../local/iam/access-request';
import { OPERATOR_ROLE, roleArn } from '../../local/iam/callers';
import type { Permissions } from '../../local/iam/permissions';
import type { Grant } from '../../local/iam/policy';

/** A request of a walk, and the journeys that asked it. */
export interface Asked {
  readonly request: AccessRequest;
  readonly journeys: Set<string>;
}

/** May do everything that is not denied, and is none of the publishers. */
const STRANGER = { kind: 'role', arn: roleArn('Stranger'), session: 'stranger' } as const;
/** As well, and is one of them. */
const PUBLISHER = { kind: 'role', arn: OPERATOR_ROLE, session: 'operator' } as const;
const ADMINISTRATORS: readonly string[] = [STRANGER.arn, PUBLISHER.arn];

/** What nobody but an operator does. */
const OPERATORS_OWN = /^kms:(Sign|GetPublicKey)$/;

/** Notes what services and functions ask from now on; most of what the test itself asks as the operator proves nothing. */
export function recordRequests(
  permissions: Permissions,
  journeyOf: (request: AccessRequest) => string,
): () => Asked[] {
  const asked = new Map<string, Asked>();
  permissions.onRequest((request) => {
    const isOperator = request.principal.kind === 'role' && request.principal.arn === OPERATOR_ROLE;
    if (isOperator && !OPERATORS_OWN.test(request.action)) return;
    const key = keyOf(request);
    const known = asked.get(key) ?? { request, journeys: new Set() };
    asked.set(key, known);
    known.journeys.add(journeyOf(request));
  });
  return () => [...asked.values()];
}

const keyOf = (request: AccessRequest): string => JSON.stringify(request);

/** What the template grants or denies, one action on one resource each. */
export function grantsOfTemplate(permissions: Permissions, effect: Grant['effect']): Grant[] {
  return permissions
    .grants()
    .filter((grant) => grant.effect === effect && !ADMINISTRATORS.includes(grant.owner));
}

/** Which of the requests are refused while the grant is taken away, and are not while it is there. */
export function refusedWithout(permissions: Permissions, grant: Grant, asked: readonly Asked[]): Asked[] {
  const isAllowed = ({ request }: Asked) => permissions.decide(request).allowed;
  const allowed = asked.filter(isAllowed);
  const restore = permissions.take(grant);
  const refused = allowed.filter((one) => !isAllowed(one));
  restore();
  return refused;
}

/** Whether the Deny keeps somebody out: an administrator who is no publisher, or one who is and calls without TLS. */
export function keepsSomebodyOut(permissions: Permissions, deny: Grant, asked: readonly Asked[]): boolean {
  permissions.addManagedToRole('Stranger', STRANGER.arn, 'arn:aws:iam::aws:policy/AdministratorAccess');
  const actions = new Set(
    asked.flatMap(({ request }) => (request.resource === deny.owner ? request.action : [])),
  );
  const attempts = [...actions].flatMap((action) => [
    accessRequest(STRANGER, action, deny.owner),
    accessRequest(PUBLISHER, action, deny.owner, { secure: false }),
  ]);
  const refused = attempts.filter((attempt) => !permissions.decide(attempt).allowed);
  const restore = permissions.take(deny);
  const letIn = refused.filter((attempt) => permissions.decide(attempt).allowed);
  restore();
  return letIn.length > 0;
}

export function describeGrant({ effect, policy, action, resource }: Grant): string {
  return `${effect} ${action} on ${resource} in ${policy}`;
}
