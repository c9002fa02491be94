import { INVITATION_SECRET_NAMES } from '../auth0-actions/secret-names';
import { bundledAction, createActionRunner } from './auth0/action-runner';
import { createApiUsers } from './auth0/api-users';
import { createEventStream, type EventStream } from './auth0/event-stream';
import { actionsOf, deployedStream } from './auth0/management-api/deployed-action';
import type { Tenant } from './auth0/management-api/tenant';
import { createPeople, type People, type Telling } from './auth0/people';
import type { WayIn } from './auth0/post-login/login';
import type { SampleUser } from './auth0/sample-user';
import { connectionsOf } from './auth0/tenant/connections-of';
import { namedConnections } from './auth0/tenant/named-connections';
import { OneTimeCodes } from './auth0/tenant/one-time-codes';
import { rolesOf } from './auth0/tenant/roles-of';
import { TenantUsers } from './auth0/tenant-users';
import { createTrigger, type Trigger } from './auth0/trigger';
import type { LocalRun } from './local-run';
import type { Outputs } from './outputs';
import type { Prepared } from './prepare';
import { LinkTracker } from './progress/link-progress';
import { type Summary, summarize } from './progress/summary';
import type { RemoteSystem } from './remotes/remote-system';
import type { ScimRemoteSystems } from './remotes/remote-systems';

/** A local run with an Auth0 in front of it. */
export interface Session {
  readonly run: LocalRun;
  readonly remotes: ScimRemoteSystems;
  readonly outputs: Outputs;
  readonly tracker: LinkTracker;
  readonly users: TenantUsers;
  readonly people: People;
  /** What second factors show now. */
  readonly codes: OneTimeCodes;
  /** Tells of every change of a user. */
  readonly stream: EventStream;
  /** Runs the Action for a user who signed up, and follows the user's links from now on. */
  register(user: SampleUser): Promise<Telling>;
  /** Runs the Action for a user who comes in. Fails with `not-found` for one who never signed up. */
  logIn(userId: string, way: WayIn): Promise<Telling>;
  summary(): Promise<Summary>;
}

/** What Auth0 runs: the bundled Actions, until a deploy brought ours into the tenant. */
interface Auth0 extends Pick<Prepared, 'actionFiles'> {
  readonly tenant: Tenant;
}

export function createSession(
  run: LocalRun,
  remotes: ScimRemoteSystems,
  outputs: Outputs,
  auth0: Auth0,
): Session {
  // Of those in which only who accepted an invitation has anything, nobody is waited for.
  const isForAll = ({ kind }: { readonly kind: string }) => kind !== 'auth0';
  const systems = run.functions
    .list()
    .flatMap(({ system }) => (system !== undefined && isForAll(system) ? system.name : []));
  const tracker = new LinkTracker(systems);
  run.tables.onChange(run.outputs.UserLinkTableName ?? '', (change) => tracker.changed(change));
  const users = new TenantUsers(run.clock.now);
  const stream = createStream(run, outputs, auth0);
  const onSignUp = (userId: string) => tracker.expect(userId, performance.timeOrigin + performance.now());
  const people = createPeople({
    ...{ users, stream, now: run.clock.now, domain: outputs.stack.Auth0Tenant ?? '' },
    registration: createLoginTrigger('post-user-registration', run, outputs, auth0),
    login: createLoginTrigger('post-login', run, outputs, auth0),
    onSignUp,
  });
  for (const role of rolesOf(run.functions.list())) people.roles.add(role);
  auth0.tenant.users = createApiUsers({
    ...{ people, stream, onSignUp },
    connections: () => connectionsOf(namedConnections(run.functions.list())),
    tenantUrl: outputs.local.TenantUrl,
  });
  return {
    ...{ run, remotes, outputs, tracker, users, people, stream, codes: new OneTimeCodes() },
    register: people.register,
    logIn: people.logIn,
    summary: async () =>
      summarize(tracker, {
        duplicates: await countDuplicates(remotes),
        denied: run.iam.denials.total(),
        parked: run.queues.parked(),
      }),
  };
}

function secretsOf({ stack, local }: Outputs, signingSecret: string): Record<string, string> {
  return {
    EVENT_API_URL: stack.EventApiUrl ?? '',
    EVENT_API_KEY: local.EventApiKey,
    EVENT_SIGNING_SECRET: signingSecret,
  };
}

function createLoginTrigger(
  trigger: string,
  run: LocalRun,
  outputs: Outputs,
  { actionFiles, tenant }: Auth0,
): Trigger {
  const { InvitationPageUrl: url } = outputs.stack;
  const secrets = {
    ...secretsOf(outputs, outputs.local.SigningSecret),
    ...outputs.local.StatusSecrets,
    ...(url === undefined ? {} : { [INVITATION_SECRET_NAMES.url]: url }),
  };
  const bundles = actionFiles(trigger).map((file) => bundledAction(file, secrets));
  return createTrigger({
    actions: () => actionsOf(tenant, trigger, bundles),
    clock: run.clock,
    print: (line) => run.log.write('auth0-action', line),
  });
}

/** Until somebody brings ours into the tenant. */
const BUNDLED_STREAM = { isOn: true };

function createStream(run: LocalRun, outputs: Outputs, { actionFiles, tenant }: Auth0): EventStream {
  const write = (line: string) => run.log.write('auth0-event-stream', line);
  const runner = createActionRunner({
    file: actionFiles('event-stream')[0] ?? '',
    secrets: secretsOf(outputs, outputs.local.EventStreamSecret),
    deployed: () => deployedStream(tenant),
    clock: run.clock,
    print: write,
  });
  return createEventStream({
    ...{ runner, clock: run.clock, domain: outputs.stack.Auth0Tenant ?? '' },
    current: () => deployedStream(tenant) ?? BUNDLED_STREAM,
    onLost: (event) => write(JSON.stringify({ stream: 'lost', ...event })),
  });
}

/** Rows of profile tables have the user as their key, so that only the remote systems can hold two of one. */
async function countDuplicates(remotes: ScimRemoteSystems): Promise<number> {
  const counts = await Promise.all(systemsOf(remotes).map((system) => extraIn(remotes.of(system))));
  return counts.reduce((sum, extra) => sum + extra, 0);
}

// An instance is called `crm/de`. Who has an account in two of them has one too many.
const systemsOf = (remotes: ScimRemoteSystems) => [
  ...new Set(remotes.list().map(({ name }) => name.split('/')[0] ?? name)),
];

async function extraIn(instances: readonly RemoteSystem[]): Promise<number> {
  const [only, ...others] = instances;
  if (only !== undefined && others.length === 0) return (await only.count()).duplicates;
  const ids = await Promise.all(instances.map(async (instance) => (await instance.externalIds?.()) ?? []));
  return ids.flat().length - new Set(ids.flat()).size;
}
