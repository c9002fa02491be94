import { AwsError } from '../aws/aws-error';
import type { InProcessCall } from '../aws/front-door';
import { CLOUDFORMATION, EVENT_BRIDGE } from '../resources/arn';
import type { RunLog } from '../run-log';
import { type AccessRequest, accessRequest, type Circumstances, type Principal } from './access-request';
import { ApiPermits } from './api-permits';
import { Callers, OPERATOR_ROLE } from './callers';
import { refusalOf } from './denial';
import { Denials } from './denials';
import { Encryption } from './encryption';
import { impliedRequests } from './implied-requests';
import { LambdaPermits } from './lambda-permits';
import { Permissions } from './permissions';

/** IAM of a run: who calls, what the template's policies say to it, and what was refused. */
export class AccessControl {
  readonly permissions = new Permissions();
  readonly callers = new Callers();
  readonly encryption = new Encryption();
  readonly denials: Denials;
  readonly lambda = new LambdaPermits(this);
  readonly api = new ApiPermits(this);

  constructor(log: Pick<RunLog, 'write'>) {
    this.denials = new Denials(log);
    this.permissions.addManagedToRole(
      'operator',
      OPERATOR_ROLE,
      'arn:aws:iam::aws:policy/AdministratorAccess',
    );
  }

  /** Throws as AWS answers when the caller may not make the call, or may not use the key that it takes. */
  readonly authorize = (call: InProcessCall): void => {
    // Who deploys is an administrator of another kind: the policies do not exist yet.
    if (call.caller === CLOUDFORMATION) return;
    for (const request of impliedRequests(call, this.principalOf(call), this.encryption)) {
      const decision = this.permissions.decide(request);
      if (decision.allowed) continue;
      this.denials.add(request, decision);
      throw refusalOf(call.service, request, decision);
    }
  };

  /** Gives a queue the policy that a call names, in place of one from an earlier call. */
  readonly setPolicy = (resource: string, json: string): void => {
    try {
      this.permissions.replaceOfResource('SetQueueAttributes', resource, JSON.parse(json));
    } catch (error) {
      throw new AwsError(
        'InvalidAttributeValue',
        `Invalid value for the parameter Policy: ${(error as Error).message}`,
      );
    }
  };

  /** Whether a service or a caller may do what is no call of the front door, such as invoking a function. */
  allows(caller: string, action: string, resource: string, circumstances: Circumstances = {}): boolean {
    return this.isAllowed(accessRequest(this.find(caller), action, resource, circumstances));
  }

  /** Whether EventBridge may use the key of a bus, to keep an event and to compare it with rules. */
  readonly mayBusEncrypt = (busArn: string): boolean => {
    const key = this.encryption.keyOf(busArn);
    const circumstances = { sourceArn: busArn, via: 'events' };
    return (
      key === undefined ||
      ['kms:GenerateDataKey', 'kms:Decrypt'].every((action) =>
        this.allows(EVENT_BRIDGE, action, key, circumstances),
      )
    );
  };

  /** Whether a service may act with the role of `caller`. */
  mayAssume(service: string, caller: string): boolean {
    const principal = this.find(caller);
    if (principal.kind === 'service') return true;
    return this.isAllowed(accessRequest(this.find(service), 'sts:AssumeRole', principal.arn));
  }

  private isAllowed(request: AccessRequest): boolean {
    const decision = this.permissions.decide(request);
    if (!decision.allowed) this.denials.add(request, decision);
    return decision.allowed;
  }

  private principalOf({ caller, actingFor }: InProcessCall): Principal {
    if (actingFor === undefined) return this.find(caller);
    if (this.mayAssume(caller, actingFor)) return this.find(actingFor);
    throw new AwsError('AccessDenied', `${caller} may not take on the role of ${actingFor}`, 403);
  }

  private find(caller: string): Principal {
    const principal = this.callers.find(caller);
    if (principal) return principal;
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
  }
}
