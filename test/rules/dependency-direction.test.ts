import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { imports } from '../../package.json';

const ROOT = join(__dirname, '../..');

interface Import {
  readonly from: string;
  /** A path in this repository without extension, or the name of a package. */
  readonly to: string;
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const targets = [...text.matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map(
    ([, target]) => target as string,
  );
  return targets.map((target) => ({ from: file, to: resolveTarget(file, target) }));
}

function resolveTarget(file: string, target: string): string {
  return target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target;
}

const isOurs = (target: string) =>
  /^((events|auth0-actions|lambdas|lib|local|bin|cli|terminal|status-page|invitation-page|invitation-mail)\/|punctual\.config)/.test(
    target,
  );

/** The imports of our own files under `folder` that none of `allowed` permits. */
function strays(folder: string, allowed: RegExp): string[] {
  return sourcesUnder(folder)
    .flatMap(importsOf)
    .filter(({ to }) => isOurs(to) && !allowed.test(to))
    .map(({ from, to }) => `${from} -> ${to}`);
}

describe('imports point one way', () => {
  test('events imports nothing of ours, and no package of AWS or Auth0', () => {
    expect(strays('events', /^events\//)).toEqual([]);
    const packages = sourcesUnder('events')
      .flatMap(importsOf)
      .filter(({ to }) => !isOurs(to))
      .map(({ to }) => to);
    expect([...new Set(packages)].toSorted()).toEqual(['node:crypto', 'node:fs', 'node:path', 'zod/mini']);
  });

  test('the Actions import events; only their bundler reads the configuration', () => {
    const allowed = /^(events|auth0-actions)\//;
    const found = strays('auth0-actions', allowed).filter(
      (stray) => !/^auth0-actions\/bundle\.ts -> /.test(stray),
    );
    expect(found).toEqual([]);
  });

  test('lambdas import events, and what they show to a person', () => {
    expect(strays('lambdas', /^(events|lambdas|status-page|invitation-page|invitation-mail)\//)).toEqual([]);
    const showing = (pages: string) =>
      sourcesUnder('lambdas')
        .flatMap(importsOf)
        .filter(({ to }) => to.startsWith(pages))
        .map(({ from }) => from);
    const status = showing('status-page/').filter((from) => !from.startsWith('lambdas/status/'));
    expect(status.filter((from) => !from.startsWith('lambdas/invitations/'))).toEqual([]);
    const invitations = showing('invitation-page/');
    expect(invitations.filter((from) => !from.startsWith('lambdas/invitations/pages/'))).toEqual([]);
  });

  test('pages for people know the contract only, and their layout knows no page', () => {
    expect(strays('status-page', /^(events|status-page)\//)).toEqual([]);
    expect(strays('status-page/layout', /^status-page\/layout\//)).toEqual([]);
    expect(strays('invitation-page', /^(invitation-page|status-page\/layout)\//)).toEqual([]);
  });

  test('mails for people know their layout and no page, and only what sends them knows them', () => {
    expect(strays('invitation-mail', /^(invitation-mail|status-page\/layout)\//)).toEqual([]);
    const sending = sourcesUnder('lambdas')
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('invitation-mail/'));
    expect(sending.filter(({ from }) => !from.startsWith('lambdas/invitations/mail/'))).toEqual([]);
  });

  test('lib takes from lambdas only the names of environment variables, and what rules and dialects in them look like', () => {
    const shared =
      /^lambdas\/(runtime\/environment-names|connectors\/(intent\/(mapping|scope)-rule|instances\/country-rule|scim\/dialect|custom\/define-connector)|status\/status-settings)$/;
    expect(strays('lib', new RegExp(`^(events|lib)/|${shared.source}`))).toEqual([]);
    expect(importsOf('lambdas/connectors/intent/mapping-rule.ts').map(({ to }) => to)).toEqual([
      'events/event-schema',
    ]);
    expect(importsOf('lambdas/connectors/scim/dialect.ts')).toEqual([]);
    expect(importsOf('lambdas/connectors/custom/define-connector.ts').map(({ to }) => to)).toEqual([
      'lambdas/connectors/custom/definition',
    ]);
  });

  test('what a team writes knows the two public places of ours, and nobody of ours knows it', () => {
    const own = [...sourcesUnder('systems'), ...sourcesUnder('examples/systems')];
    expect(own.length).toBeGreaterThan(0);
    const taken = own.flatMap(importsOf).filter(({ to }) => isOurs(to) || to.startsWith('#'));
    expect(taken.filter(({ to }) => !/^#punctual(\/local)?$/.test(to))).toEqual([]);
    const stand = taken.filter(({ from, to }) => to.endsWith('/local') !== from.endsWith('.local.ts'));
    expect(stand).toEqual([]);
    const ours = [
      'events',
      'auth0-actions',
      'lambdas',
      'lib',
      'local',
      'cli',
      'terminal',
      'bin',
      'status-page',
      'invitation-page',
    ];
    const knowing = ours.flatMap(sourcesUnder).flatMap(importsOf);
    expect(knowing.filter(({ to }) => /^(examples\/)?systems\//.test(to))).toEqual([]);
  });

  test('the public places only pass on', () => {
    for (const file of Object.values(imports)) {
      const lines = readFileSync(join(ROOT, file), 'utf8').split(/;\n/).filter(Boolean);
      expect(lines.filter((line) => !/^\s*export (type )?\{[^}]*\} from '[^']+'$/.test(line))).toEqual([]);
    }
  });

  test('local knows nothing of how the stack is built', () => {
    expect(strays('local', /^(events|local|auth0-actions|terminal)\//)).toEqual([]);
  });

  test('the command line knows the contract, the screen and the Actions that it deploys', () => {
    const allowed = /^(events|terminal|cli|auth0-actions)\/|^lambdas\/(user-links|system-items|audit)\//;
    expect(strays('cli', allowed)).toEqual([]);
  });

  test('the command line takes from lambdas how a link, an item and an act are written, which knows no worker and no environment', () => {
    const writing =
      /^lambdas\/(user-links\/(choose|erasure|erasure-bound|kept-of-link|mark-link|release|user-link|user-link-repository)|system-items\/shared-item|audit\/audit-repository)$/;
    const taken = sourcesUnder('cli')
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('lambdas/'));
    expect(taken.filter(({ to }) => !writing.test(to))).toEqual([]);
    expect(taken.length).toBeGreaterThan(0);
    expect(strays('lambdas/user-links', /^(events|lambdas\/user-links)\//)).toEqual([]);
    expect(strays('lambdas/system-items', /^lambdas\/system-items\//)).toEqual([]);
    expect(strays('lambdas/audit', /^(events|lambdas\/audit)\//)).toEqual([]);
    const adapters = taken.filter(({ to }) => to.endsWith('-repository')).map(({ from }) => from);
    expect(adapters.toSorted()).toEqual(['cli/aws/audit-table.ts', 'cli/aws/dynamodb-link-rows.ts']);
  });

  test('the client that others copy knows nothing but itself', () => {
    expect(sourcesUnder('client').flatMap(importsOf)).toEqual([]);
  });

  test('the screen knows nothing of ours', () => {
    expect(strays('terminal', /^terminal\//)).toEqual([]);
  });

  test('the adapters of the tenant alone know the SDK of Auth0', () => {
    const knowing = [...sourcesUnder('cli'), ...sourcesUnder('local'), ...sourcesUnder('auth0-actions')]
      .flatMap(importsOf)
      .filter(({ to }) => /^auth0(\/|$)/.test(to));
    expect([...new Set(knowing.map(({ from }) => from))]).toEqual([
      'cli/actions/auth0-streams.ts',
      'cli/actions/auth0-tenant.ts',
      'cli/actions/auth0-users.ts',
    ]);
  });
});

/** What a kind of system may know of the core: its ports and what they are spoken in. */
const PORTS =
  /^lambdas\/connectors\/(connector|remote-call|signed-exchange|like|transport|hand-over\/handover(-message|-parties|-plain)?|intent\/changes-of|explain\/kind-explained)$/;

describe('inside the connectors', () => {
  const importers = (target: RegExp) =>
    sourcesUnder('lambdas')
      .flatMap(importsOf)
      .filter(({ to }) => target.test(to))
      .map(({ from }) => from);

  test('who takes messages and who sends mails know SQS, besides who makes the clients', () => {
    expect(importers(/client-sqs$/).toSorted()).toEqual([
      'lambdas/invitations/api/configured-invitations.ts',
      'lambdas/invitations/mail-queue.ts',
      'lambdas/runtime/aws-clients.ts',
      'lambdas/runtime/queue-message.ts',
    ]);
  });

  test('the core knows the ports and no kind of system, and a kind knows the ports and not the core', () => {
    const inside = sourcesUnder('lambdas/connectors');
    const folders = inside.filter((file) => file.endsWith('.lambda.ts')).map((file) => `${dirname(file)}/`);
    const kindOf = (path: string) => folders.find((folder) => path.startsWith(folder));
    const crossing = inside
      .filter((file) => !file.endsWith('.lambda.ts'))
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('lambdas/connectors/'))
      .filter(({ from, to }) => (kindOf(from) ? !PORTS.test(to) && kindOf(to) !== kindOf(from) : kindOf(to)));
    expect(folders.length).toBeGreaterThan(2);
    expect(crossing).toEqual([]);
  });

  test('an entry point is the only place that reads the process environment', () => {
    const readers = sourcesUnder('lambdas').filter((file) =>
      /process\.env/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(readers.every((file) => file.endsWith('.lambda.ts'))).toBe(true);
    expect(readers.length).toBeGreaterThan(0);
  });
});
