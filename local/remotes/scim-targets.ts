import type { FunctionInfo } from '../functions/functions';

/** A SCIM server that a connector calls: the one of its system, or that of an instance. */
export interface ScimTarget {
  /** `crm`, or `crm/de`. */
  readonly name: string;
  readonly baseUrl: URL;
  /** Of the token; absent where there is a client. */
  readonly tokenArn?: string;
  readonly client?: { readonly arn: string; readonly tokenUrl: URL };
}

interface Server {
  readonly baseUrl: string;
  readonly secret: string;
  readonly endpoint?: { readonly tokenUrl: string };
}

/** The servers that a connector is told in its environment; none for one of another kind. */
export function scimTargetsOf({ name, environment }: FunctionInfo): ScimTarget[] {
  const { SCIM_SERVERS: several, USER_REF_PEPPER_ARN: pepper = '' } = environment;
  if (several !== undefined) {
    const servers = Object.entries(JSON.parse(several) as Record<string, Server>);
    // The end of an ARN that begins like the others.
    const prefix = pepper.split(':').slice(0, 6).join(':');
    return servers.map(([instance, { secret, ...server }]) =>
      targetOf(`${name}/${instance}`, { ...server, secret: `${prefix}:${secret}` }),
    );
  }
  const { SCIM_BASE_URL: baseUrl, SCIM_TOKEN_ENDPOINT: endpoint } = environment;
  if (baseUrl === undefined) return [];
  const secret = environment.SCIM_CLIENT_SECRET_ARN ?? environment.SCIM_TOKEN_SECRET_ARN ?? '';
  const issued = endpoint === undefined ? {} : { endpoint: JSON.parse(endpoint) as { tokenUrl: string } };
  return [targetOf(name, { baseUrl, secret, ...issued })];
}

function targetOf(name: string, { baseUrl, secret, endpoint }: Server): ScimTarget {
  const url = new URL(baseUrl);
  if (endpoint === undefined) return { name, baseUrl: url, tokenArn: secret };
  return { name, baseUrl: url, client: { arn: secret, tokenUrl: new URL(endpoint.tokenUrl) } };
}
