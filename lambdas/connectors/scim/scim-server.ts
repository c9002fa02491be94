import type { TokenEndpoint } from '../../auth/token-endpoint';
import type { Environment } from '../../runtime/environment';

/** A SCIM server, as the stack tells it to a function. */
export interface ScimServer {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Of the token, or of the client that tokens are asked for with where there is an endpoint. */
  readonly secretArn: string;
  readonly endpoint?: TokenEndpoint;
}

/** The server of each instance of the system; that of one without instances has no name. */
export function serversOf(environment: Environment): ReadonlyMap<string | undefined, ScimServer> {
  const servers = environment.optional('scimServers');
  if (servers !== undefined) {
    return new Map(Object.entries(JSON.parse(servers) as Record<string, Named>).map(withArn(environment)));
  }
  const baseUrl = environment.text('scimBaseUrl');
  const endpoint = environment.optional('scimTokenEndpoint');
  const only: ScimServer =
    endpoint === undefined
      ? { baseUrl, secretArn: environment.text('scimTokenSecretArn') }
      : {
          ...{ baseUrl, secretArn: environment.text('scimClientSecretArn') },
          endpoint: JSON.parse(endpoint) as TokenEndpoint,
        };
  return new Map([[undefined, only]]);
}

type Named = Omit<ScimServer, 'secretArn'> & { readonly secret: string };

// The stack gives the end of the ARN alone; our other secrets begin with the same.
function withArn(environment: Environment) {
  const prefix = environment.text('pepperSecretArn').split(':').slice(0, 6).join(':');
  return ([instance, { secret, ...rest }]: [string, Named]): [string, ScimServer] => [
    instance,
    { ...rest, secretArn: `${prefix}:${secret}` },
  ];
}
