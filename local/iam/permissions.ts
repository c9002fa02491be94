import { LocalError } from '../local-error';
import type { AccessRequest, Principal } from './access-request';
import { type Decision, evaluate, type Policies } from './evaluate';
import { managedPolicy } from './managed-policies';
import { type Grant, Policy } from './policy';
import { readStatements } from './statement';

/** Every policy of the run, and what they say of a request. */
export class Permissions {
  private readonly identity = new Map<string, Policy[]>();
  private readonly resource = new Map<string, Policy[]>();
  /** The same callers ask for the same things all the time. */
  private readonly decided = new Map<string, Decision>();
  private readonly listeners = new Set<(request: AccessRequest) => void>();

  /** `id` is where the policy is written; a role is named by its ARN. */
  addToRole(id: string, role: string, document: unknown): void {
    this.add(this.identity, new Policy(id, role, readStatements(document)));
  }

  addManagedToRole(id: string, role: string, managedArn: string): void {
    const document = managedPolicy(managedArn);
    if (!document)
      throw new LocalError('template-unsupported', `the managed policy ${managedArn} is not known`);
    this.add(this.identity, new Policy(`${id} ${managedArn}`, role, readStatements(document), true));
  }

  /** The policy of a queue, a topic, a key or a function, and who may take on a role. */
  addToResource(id: string, resource: string, document: unknown): void {
    this.add(this.resource, new Policy(id, resource, readStatements(document)));
  }

  replaceOfResource(id: string, resource: string, document: unknown): void {
    const others = (this.resource.get(resource) ?? []).filter((policy) => policy.id !== id);
    this.resource.set(resource, others);
    this.addToResource(id, resource, document);
  }

  decide(request: AccessRequest): Decision {
    for (const listener of this.listeners) listener(request);
    const key = keyOf(request);
    const decision = this.decided.get(key) ?? evaluate(request, this.policiesFor(request));
    this.decided.set(key, decision);
    return decision;
  }

  /** Tells of everything that is asked; gives what ends it. */
  onRequest(listener: (request: AccessRequest) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Everything that is granted or denied, one action on one resource each. */
  grants(): Grant[] {
    return this.policies().flatMap((policy) => policy.grants());
  }

  /** The run goes on as if the grant were not in its policy; gives what puts it back. */
  take(grant: Grant): () => void {
    const restores = this.policies()
      .filter(({ id, owner }) => id === grant.policy && owner === grant.owner)
      .map((policy) => policy.take(grant));
    this.decided.clear();
    return () => {
      for (const restore of restores) restore();
      this.decided.clear();
    };
  }

  private add(policies: Map<string, Policy[]>, policy: Policy): void {
    policies.set(policy.owner, [...(policies.get(policy.owner) ?? []), policy]);
    this.decided.clear();
  }

  private policiesFor({ principal, resource }: AccessRequest): Policies {
    const active = (policies: Policy[] = []) => policies.flatMap((policy) => policy.active());
    return {
      identity: active(this.identity.get(roleOf(principal))),
      resource: active(this.resource.get(resource)),
    };
  }

  private policies(): Policy[] {
    return [...this.identity.values(), ...this.resource.values()].flat();
  }
}

function roleOf(principal: Principal): string {
  return principal.kind === 'role' ? principal.arn : '';
}

function keyOf({ principal, action, resource, context }: AccessRequest): string {
  const who = principal.kind === 'role' ? principal.arn : principal.name;
  return [who, action, resource, ...Object.values(context)].join(' ');
}
