import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { ScimConfiguration } from '../configuration';
import { dialectOf } from '../configuration/dialect-schema';
import type { ScimAuth } from '../configuration/scim-auth-schema';
import { GeneratedSecret } from '../generated-secret';
import { Connector, type ConnectorProps } from './connector';

/** Makes accounts in a SCIM 2.0 server, with a token or a client that an operator puts into its secret. */
export class ScimConnector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<ScimConfiguration>) {
    super(scope, id, props);
    const { baseUrl, dialect, auth } = props.configuration;
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimBaseUrl, baseUrl);
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimDialect, JSON.stringify(dialectOf(dialect)));
    if (auth.kind === 'bearer') this.addToken(props);
    else this.addClient(props, auth);
  }

  private addToken(props: ConnectorProps): void {
    new GeneratedSecret(this, 'Token', {
      ...props,
      description: `Bearer token for ${props.system}: replace the generated value by the one the system issued`,
    }).grantReadAs(this.function, ENVIRONMENT_NAMES.scimTokenSecretArn);
  }

  // A secret of its own: one that was a token before would keep its value, and be no client.
  private addClient(props: ConnectorProps, { kind: _kind, ...endpoint }: ScimAuth): void {
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimTokenEndpoint, JSON.stringify(endpoint));
    new GeneratedSecret(this, 'Client', {
      ...props,
      description: `OAuth client for ${props.system}: replace client_id and client_secret by those that were issued`,
      within: { json: { client_id: 'replace-me' }, key: 'client_secret' },
    }).grantReadAs(this.function, ENVIRONMENT_NAMES.scimClientSecretArn);
  }
}
