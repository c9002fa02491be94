import { type ActionHost, createActionHost, type Registration } from './auth0/action-host';
import { deployedAction } from './auth0/management-api/deployed-action';
import type { Tenant } from './auth0/management-api/tenant';
import type { SampleUser } from './auth0/sample-user';
import type { LocalRun } from './local-run';
import type { Outputs } from './outputs';
import { LinkTracker } from './progress/link-progress';
import { type Summary, summarize } from './progress/summary';
import type { ScimRemoteSystems } from './remotes/remote-systems';

/** A local run with an Auth0 in front of it. */
export interface Session {
  readonly run: LocalRun;
  readonly remotes: ScimRemoteSystems;
  readonly outputs: Outputs;
  readonly tracker: LinkTracker;
  /** Runs the Action for a user who signed up, and follows the user's links from now on. */
  register(user: SampleUser): Promise<Registration>;
  summary(): Promise<Summary>;
}

/** What Auth0 runs: the bundled Action, until a deploy brought ours into the tenant. */
interface Auth0 {
  readonly action: string;
  readonly tenant: Tenant;
}

export function createSession(
  run: LocalRun,
  remotes: ScimRemoteSystems,
  outputs: Outputs,
  auth0: Auth0,
): Session {
  const systems = run.functions.list().flatMap(({ system }) => system?.name ?? []);
  const tracker = new LinkTracker(systems);
  run.tables.onChange(run.outputs.UserLinkTableName ?? '', (change) => tracker.changed(change));
  const host = createHost(run, outputs, auth0);
  return {
    run,
    remotes,
    outputs,
    tracker,
    register(user) {
      tracker.expect(user.user.user_id, performance.timeOrigin + performance.now());
      return host.register(user);
    },
    summary: async () =>
      summarize(tracker, {
        duplicates: await countDuplicates(remotes),
        denied: run.iam.denials.total(),
      }),
  };
}

function createHost(run: LocalRun, { stack, local }: Outputs, { action, tenant }: Auth0): ActionHost {
  const domain = run.functions.list().flatMap(({ environment }) => environment.AUTH0_TENANT ?? [])[0] ?? '';
  const secrets = {
    EVENT_API_URL: stack.EventApiUrl ?? '',
    EVENT_API_KEY: local.EventApiKey,
    EVENT_SIGNING_SECRET: local.SigningSecret,
  };
  return createActionHost({
    file: action,
    tenant: { id: domain.split('.')[0] ?? '', secrets },
    deployed: () => deployedAction(tenant, 'post-user-registration'),
    clock: run.clock,
    print: (line) => run.log.write('auth0-action', line),
  });
}

/** Rows of profile tables have the user as their key, so that only the remote systems can hold two of one. */
async function countDuplicates(remotes: ScimRemoteSystems): Promise<number> {
  const counts = await Promise.all(remotes.list().map((system) => system.count()));
  return counts.reduce((sum, { duplicates }) => sum + duplicates, 0);
}
