import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { Auth0Configuration } from '../configuration';
import { Connector, type ConnectorProps } from './connector';

/** Gives users of the tenant the roles and the data of the invitations that they accepted. */
export class Auth0Connector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<Auth0Configuration>) {
    super(scope, id, props);
    const { tenant } = props;
    if (tenant === undefined) throw new Error(`${props.system} has no application of the tenant to come as.`);
    tenant.management.grantUse(this.function);
    this.function.addEnvironment(ENVIRONMENT_NAMES.auth0Roles, JSON.stringify(tenant.roles));
  }
}
