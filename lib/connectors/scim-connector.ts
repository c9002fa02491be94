import { Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { ScimConfiguration } from '../configuration';
import { dialectOf } from '../configuration/dialect-schema';
import type { ScimInstance } from '../configuration/instances-schema';
import type { ScimAuth } from '../configuration/scim-auth-schema';
import { GeneratedSecret } from '../generated-secret';
import { pascalCase } from '../pascal-case';
import { Connector, type ConnectorProps } from './connector';
import { countryRuleOf } from './country-rule-of';

type Props = ConnectorProps<ScimConfiguration>;

/** Makes accounts in SCIM 2.0 servers, with a token or a client of each that an operator puts into its secret. */
export class ScimConnector extends Connector {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id, props);
    const { dialect, instances } = props.configuration;
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimDialect, JSON.stringify(dialectOf(dialect)));
    if (instances === undefined) this.addServer(props);
    else this.addServers(props, instances);
  }

  private addServer(props: Props): void {
    const { baseUrl = '', auth } = props.configuration;
    const { scimTokenSecretArn, scimClientSecretArn } = ENVIRONMENT_NAMES;
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimBaseUrl, baseUrl);
    const secret = this.createSecret(props, auth);
    secret.grantReadAs(this.function, auth.kind === 'bearer' ? scimTokenSecretArn : scimClientSecretArn);
    const endpoint = endpointOf(auth);
    if (endpoint !== undefined)
      this.function.addEnvironment(ENVIRONMENT_NAMES.scimTokenEndpoint, JSON.stringify(endpoint));
  }

  private addServers(props: Props, instances: Readonly<Record<string, ScimInstance>>): void {
    const servers = Object.entries(instances).map(([instance, { baseUrl, auth }]) => {
      const { auth: shared } = props.configuration;
      const secret = this.createSecret(props, auth ?? shared, instance);
      secret.grantRead(this.function);
      this.outputs[`${pascalCase(instance)}SecretArn`] = secret.secret.secretArn;
      const endpoint = endpointOf(auth ?? shared);
      const server = { baseUrl, secret: nameOf(secret.secret), ...(endpoint && { endpoint }) };
      return [instance, server] as const;
    });
    const rule = countryRuleOf(props.configuration);
    this.outputs.Instances = Object.keys(instances).join(',');
    this.function.addEnvironment(ENVIRONMENT_NAMES.instances, JSON.stringify(rule));
    this.function.addEnvironment(ENVIRONMENT_NAMES.scimServers, JSON.stringify(Object.fromEntries(servers)));
  }

  // A secret of its own for a client: one that was a token before would keep its value, and be no client.
  private createSecret(props: Props, { kind }: ScimAuth, instance?: string): GeneratedSecret {
    const what = instance === undefined ? props.system : `${props.system} in ${instance}`;
    const of = instance === undefined ? '' : pascalCase(instance);
    if (kind === 'bearer') {
      return new GeneratedSecret(this, `Token${of}`, {
        ...props,
        description: `Bearer token for ${what}: replace the generated value by the one the system issued`,
      });
    }
    return new GeneratedSecret(this, `Client${of}`, {
      ...props,
      description: `OAuth client for ${what}: replace client_id and client_secret by those that were issued`,
      within: { json: { client_id: 'replace-me' }, key: 'client_secret' },
    });
  }
}

function endpointOf(auth: ScimAuth) {
  if (auth.kind === 'bearer') return undefined;
  const { kind: _kind, ...endpoint } = auth;
  return endpoint;
}

// The end of the ARN: what comes before it is the same for all, and the environment of a function holds 4 KB.
const nameOf = ({ secretArn }: { readonly secretArn: string }) => Fn.select(6, Fn.split(':', secretArn));
