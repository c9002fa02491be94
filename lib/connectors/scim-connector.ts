import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { ScimConfiguration } from '../configuration';
import { dialectOf } from '../configuration/dialect-schema';
import { GeneratedSecret } from '../generated-secret';
import { Connector, type ConnectorProps } from './connector';

/** Makes accounts in a SCIM 2.0 server, with a token that an operator puts into its secret. */
export class ScimConnector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<ScimConfiguration>) {
    super(scope, id, props);
    const { baseUrl, dialect } = props.configuration;
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimBaseUrl, baseUrl);
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimDialect, JSON.stringify(dialectOf(dialect)));
    new GeneratedSecret(this, 'Token', {
      ...props,
      description: `Bearer token for ${props.system}: replace the generated value by the one the system issued`,
    }).grantReadAs(this.function, ENVIRONMENT_NAMES.scimTokenSecretArn);
  }
}
