import type { AccessControl } from './access-control';

const API_GATEWAY = 'apigateway.amazonaws.com';

/** What API Gateway asks before it acts with a role. */
export class ApiPermits {
  private logRole: string | undefined;

  constructor(private readonly iam: AccessControl) {}

  mayAssume(role: string): boolean {
    return this.iam.mayAssume(API_GATEWAY, role);
  }

  /** One role per account and region writes the logs of all APIs. */
  logWith(role: string): void {
    this.logRole = role;
  }

  /** Without a role of ours somebody else's writes. A log that cannot be written fails no request. */
  mayLog(logGroupArn: string): boolean {
    const role = this.logRole;
    if (role === undefined) return true;
    const stream = `${logGroupArn.replace(/:\*$/, '')}:log-stream:local`;
    return (
      this.mayAssume(role) &&
      ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) => this.iam.allows(role, action, stream))
    );
  }
}
