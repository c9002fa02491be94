import { OPERATOR } from '../aws/credentials';
import { LocalError } from '../local-error';
import { ACCOUNT } from '../template/pseudo-parameters';
import type { Principal } from './access-request';

/** What the operator's commands run with: an administrator whom only an explicit Deny stops. */
export const OPERATOR_ROLE = roleArn(OPERATOR);

const OTHER_SESSION = 'other';

/** Session in which API Gateway calls with an integration's role. */
const API_GATEWAY_SESSION = 'BackplaneAssumeRoleSession';

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

/** Turns the name of a caller into who that is to IAM. */
export class Callers {
  private readonly roles = new Map<string, Principal>();

  constructor() {
    this.roles.set(OPERATOR, { kind: 'role', arn: OPERATOR_ROLE, session: OPERATOR });
  }

  /** An integration calls by the name of its role. */
  addRole(name: string): void {
    this.add(name, { kind: 'role', arn: roleArn(name), session: API_GATEWAY_SESSION });
  }

  /** A function calls by its own name, with its role. */
  addFunction(name: string, role: string, session: string): void {
    this.add(name, { kind: 'role', arn: role, session });
  }

  /**
   * A role of the account that is not of the template, such as a consumer's: it calls by its ARN. False for any other
   * role: who may take on one of the template, its own policy says.
   */
  addOther(role: string): boolean {
    const isOurs = [...this.roles.values()].some((known) => known.kind === 'role' && known.arn === role);
    const isOther = role.startsWith(roleArn('')) && (!isOurs || this.roles.has(role));
    if (isOther) this.roles.set(role, { kind: 'role', arn: role, session: OTHER_SESSION });
    return isOther;
  }

  /** Undefined for a name that nobody has. */
  find(caller: string): Principal | undefined {
    if (caller.endsWith('.amazonaws.com')) return { kind: 'service', name: caller };
    return this.roles.get(caller);
  }

  private add(name: string, principal: Principal): void {
    // Else a system of that name would pass for the administrator, or for another function.
    if (this.roles.has(name)) throw new LocalError('template-unsupported', `two callers are called ${name}`);
    this.roles.set(name, principal);
  }
}
