import { join } from 'node:path';
import type { Flags } from './flags';
import type { Session } from './session';

/** Where everything is, and how to go on from here. */
export function describeSession({ outputs, run }: Session, { directory }: Flags): string[] {
  const { stack, local } = outputs;
  const { ProvisioningApiUrl: provisioningApi } = stack;
  const isScim = (name: string) => run.functions.find(name)?.system?.kind === 'scim';
  const systems = Object.entries(local.Systems).map(([name, url]) =>
    row(`${name} accounts`, isScim(name) ? `${url}/Users` : url),
  );
  const user = { user_id: 'auth0|one-more', email: 'one.more@example.com', username: 'one.more' };
  const connection = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
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
    'One more user, through the Action and all the way:',
    `  curl ${local.ControlUrl}/users -d '${JSON.stringify({ connection, user })}'`,
    'A change, a block or a deletion of that user, through the event stream:',
    `  curl -X PATCH ${local.ControlUrl}/users/auth0%7Cone-more -d '{"email":"new@example.com"}'`,
    `  curl -X PATCH ${local.ControlUrl}/users/auth0%7Cone-more -d '{"blocked":true}'`,
    `  curl -X DELETE ${local.ControlUrl}/users/auth0%7Cone-more`,
    '',
    'Ctrl-C stops everything.',
  ];
}

function row(name: string, value: string): string {
  return `${name.padEnd(18)}${value}`;
}
