import { mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { createLocalApi } from './api-gateway/local-api';
import { startManagementApi } from './auth0/management-api/start-management-api';
import { openDoor, serveTenant } from './auth0/serve-tenant';
import { serviceApplication } from './auth0/tenant/create-tenant-front';
import { createClock } from './clock';
import { createControlServer } from './control/control-server';
import type { Flags } from './flags';
import { closeServer, listen, planPorts } from './listen';
import type { LocalRun } from './local-run';
import { createOutboxServer } from './mail/outbox-server';
import { collectOutputs, formatOutputs } from './outputs';
import { type Prepared, prepare, preparedIn } from './prepare';
import { readSecret } from './read-secret';
import { createRemoteSystems } from './remotes/remote-systems';
import { createSession, type Session } from './session';
import { startLocalRun } from './start-local-run';
import { writeFileAtomically } from './write-file-atomically';

export interface OpenSession extends Session {
  /** Ends everything and frees the ports. */
  close(): Promise<void>;
}

/** Makes a run from the sources or from an earlier preparation; `outputs.json` says that it is ready. */
export async function openSession(flags: Flags): Promise<OpenSession> {
  const outputsFile = join(flags.directory, 'outputs.json');
  const logDirectory = join(flags.directory, 'logs');
  // Those of an earlier run would tell of addresses and people that are gone.
  await Promise.all([rm(outputsFile, { force: true }), rm(logDirectory, { recursive: true, force: true })]);
  await mkdir(flags.directory, { recursive: true });
  const prepared = flags.assembly === undefined ? await prepare(flags.directory) : preparedIn(flags.assembly);
  const session = await start(flags, prepared, logDirectory);
  await writeFileAtomically(outputsFile, formatOutputs(session.run.stackName, session.outputs));
  return session;
}

async function start(flags: Flags, prepared: Prepared, logDirectory: string): Promise<OpenSession> {
  const { assembly } = prepared;
  const ports = planPorts(flags.port);
  let session: Session | undefined;
  const control = createControlServer(() => session);
  const controlUrl = `http://127.0.0.1:${await listen(control, ports.next(), 'the control API')}`;
  const opened: Server[] = [control];
  const open = async (what: string) => {
    const door = await openDoor(ports, what);
    opened.push(door.server);
    return door;
  };
  try {
    const doors = { tenant: await open('the tenant'), demo: await open('the demo application') };
    const remotes = createRemoteSystems([dirname(assembly)], doors.tenant.url);
    const parts = { api: createLocalApi(), remotes, ports, clock: createClock(flags.timeScale) };
    const places = { loginOrigin: doors.tenant.url, loginUri: `${doors.demo.url}/login` };
    const run = await startLocalRun({ ...parts, assembly, logDirectory, places });
    const domain = run.outputs.Auth0Tenant ?? '';
    const tenantUrl = doors.tenant.url;
    const api = await startManagementApi(domain, ports.next(), { plan: flags.plan, tenantUrl });
    opened.push(api.server);
    for (const path of ['/oauth/token', '/api/v2']) remotes.lead(`https://${domain}${path}`, api.outputs.Url);
    await giveClient(run, api.functionsClient);
    const outbox = await open('the outbox');
    outbox.serve(createOutboxServer(run.outbox));
    const service = serviceApplication();
    const outputs = await collectOutputs(run, remotes, {
      ...{ ControlUrl: controlUrl, TenantUrl: doors.tenant.url, DemoAppUrl: doors.demo.url },
      OutboxUrl: outbox.url,
      ManagementApi: api.outputs,
      Service: { ClientId: service.client_id, ClientSecret: service.secret },
    });
    session = createSession(run, remotes, outputs, { ...prepared, tenant: api.tenant });
    serveTenant(doors, { ...session, service, invitationSecret: await invitationSecret(run) });
    const { stream } = session;
    const servers = opened.map((server) => () => closeServer(server));
    return { ...session, close: () => closeAll([async () => stream.stop(), ...servers, () => run.stop()]) };
  } catch (error) {
    await Promise.all(opened.map(closeServer));
    throw error;
  }
}

/** As an operator does it once, where the stack has a place for it. */
async function giveClient({ outputs, frontDoor }: LocalRun, client: object): Promise<void> {
  const { ManagementSecretArn: SecretId } = outputs;
  if (SecretId === undefined) return;
  const input = { SecretId, SecretString: JSON.stringify(client) };
  await frontDoor.call({ service: 'secretsmanager', operation: 'PutSecretValue', caller: 'operator', input });
}

/** What the pages of invitations come to the tenant with; an operator would copy it there from the tenant. */
async function invitationSecret(run: LocalRun): Promise<string> {
  const { InvitationClientSecretArn: arn } = run.outputs;
  if (arn === undefined) return '';
  const { client_secret } = JSON.parse(await readSecret(run, arn)) as { client_secret: string };
  return client_secret;
}

async function closeAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(ends.map((end) => end()));
}
