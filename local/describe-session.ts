import { join } from 'node:path';
import type { Flags } from './flags';
import type { Session } from './session';

/** As much of a session as is told. */
export interface Described {
  readonly outputs: Pick<Session['outputs'], 'stack' | 'local'>;
  readonly run: {
    readonly region: string;
    readonly functions: { find(name: string): { readonly system?: { readonly kind: string } } | undefined };
  };
}

/** Where everything is, and how to go on from here. In lines of 80 columns, as far as an address lets them. */
export function describeSession(
  { outputs, run }: Described,
  { directory }: Pick<Flags, 'directory'>,
): string[] {
  const { stack, local } = outputs;
  const { ProvisioningApiUrl: provisioningApi } = stack;
  const isScim = (name: string) => run.functions.find(name)?.system?.kind === 'scim';
  const systems = Object.entries(local.Systems).map(([name, url]) =>
    row(`${name} accounts`, isScim(name) ? `${url}/Users` : url),
  );
  return [
    '',
    row('demo application', `${local.DemoAppUrl} (log in here)`),
    row('Auth0 tenant', `${local.TenantUrl} (${local.ManagementApi.Domain})`),
    row('event API', stack.EventApiUrl ?? ''),
    ...(provisioningApi === undefined ? [] : [row('provisioning API', provisioningApi)]),
    row('AWS endpoint', `${local.AwsEndpoint} (${run.region})`),
    ...systems,
    row('Management API', local.ManagementApi.Url),
    row('outbox', `${local.OutboxUrl} (mails end here)`),
    row('control', local.ControlUrl),
    row('outputs, logs', `${join(directory, 'outputs.json')}, ${join(directory, 'logs')}`),
    '',
    ...describeCalls(local.ControlUrl),
    '',
    'Ctrl-C stops everything.',
  ];
}

// Each is pasted into a shell as it is.
const ONE_MORE = `{
    "user": {"user_id": "auth0|one-more", "email": "one.more@example.com",
      "username": "one.more"},
    "connection": {"id": "con_1", "strategy": "auth0",
      "name": "Username-Password-Authentication"}}`;

function describeCalls(controlUrl: string): string[] {
  const user = `${controlUrl}/users/auth0%7Cone-more`;
  const change = (body: string) => [`  curl -X PATCH ${user} \\`, `    -d '${body}'`];
  return [
    'One more user, through the Action and all the way:',
    ...`  curl ${controlUrl}/users -d '${ONE_MORE}'`.split('\n'),
    'A change, a block or a deletion of that user, through the event stream:',
    ...change('{"email":"new@example.com"}'),
    ...change('{"blocked":true}'),
    `  curl -X DELETE ${user}`,
  ];
}

function row(name: string, value: string): string {
  return `${name.padEnd(18)}${value}`;
}
