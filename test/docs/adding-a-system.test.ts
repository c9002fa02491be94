import { existsSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Resource } from '../../docs/generate/synthesize-templates';
import { scripts } from '../../package.json';
import { type LocalRun, startLocalRun } from '../helpers/local-run';
import { aWorkingCopy, type WorkingCopy } from '../helpers/working-copy';
import { only } from '../lib/helpers/synthesize';
import { ROOT, readPage, sectionOf } from './helpers/markdown';
import { type MemberServer, startMemberServer } from './helpers/member-server';
import { apply, commandsOf, type Snippet, snippetsOf } from './helpers/snippets';

const page = readPage('docs/adding-a-system.md');
const snippets = snippetsOf(page);
const configurations = snippets.filter(({ file }) => file === 'punctual.config.ts');
const [billing, reviews, told, timed, desk] = configurations as [Snippet, Snippet, Snippet, Snippet, Snippet];
const own = snippets.filter(({ file }) => file.startsWith('systems/'));
const kind = snippets.filter((snippet) => ![...configurations, ...own].includes(snippet));

test('every command of the page is there', () => {
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThan(10);
  for (const [, script = ''] of commands.flatMap((line) => [...line.matchAll(/\bnpm run ([a-z:]+)/g)])) {
    expect(Object.keys(scripts)).toContain(script);
  }
  for (const [, path = ''] of page.matchAll(/`((?:lambdas|lib|local|test)\/[^`*<> ]+)`/g)) {
    expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
  }
});

/** What a reader has installed: npx without its second of thinking, and curl without being asked for on a machine. */
const STAND_INS = [
  // A person looks again when nothing is known of a user yet.
  'npx() { shift; for again in 1 2 3 4 5 6 7 8 9 10; do node bin/punctual.js "$@" && return; done; }',
  `curl() { node -e '${[
    'const given = process.argv.slice(1);',
    'const method = given.includes("--request") ? given[given.indexOf("--request") + 1] : "GET";',
    'fetch(given.at(-1), { method }).then((answer) => answer.text()).then(console.log);',
  ].join(' ')}' -- "$@"; }`,
];

test.each(own.map(({ file, code }) => [file, code] as const))('%s is the example', (file, code) => {
  expect(code).toBe(readFileSync(join(ROOT, 'examples', file), 'utf8'));
});

type Verb =
  | 'find'
  | 'create'
  | 'read'
  | 'readOfStranger'
  | 'change'
  | 'rename'
  | 'disable'
  | 'enable'
  | 'remove';

describe('a new kind', () => {
  let copy: WorkingCopy;
  let server: MemberServer;

  beforeAll(async () => {
    copy = await aWorkingCopy();
    for (const snippet of [...kind, ...own, told]) apply(snippet, copy.directory);
    server = await startMemberServer();
  });
  afterAll(async () => {
    await server?.close();
    await copy?.remove();
  });

  /** What the connector of the page says to each of `calls`, or the code of its error. */
  async function ask(calls: readonly (readonly [Verb, string])[]): Promise<unknown> {
    const script = `
      import { createRestConnector } from './lambdas/connectors/rest/rest-connector';
      import { callHttp } from './lambdas/runtime/http';

      const named = (value) => [{ to: 'name', write: 'always', act: 'set', value }];
      const request = { externalId: 'acme/dev/auth0|ada', userId: 'auth0|ada', attributes: named('ada') };
      const renamed = { ...request, attributes: named('lovelace') };
      const stranger = { ...request, externalId: 'acme/dev/auth0|eve' };
      const member = { id: 'member-0', externalId: request.externalId, name: 'ada' };
      const account = { accountId: 'member-0', carries: 'ours', snapshot: member };
      const ask = {
        find: (connector) => connector.find(request),
        create: (connector) => connector.create(request),
        read: (connector) => connector.read('member-0', request),
        readOfStranger: (connector) => connector.read('member-0', stranger),
        change: (connector) => connector.change(account, request),
        rename: (connector) => connector.change(account, renamed),
        disable: (connector) => connector.setActive(account, false),
        enable: (connector) => connector.setActive(account, true),
        remove: (connector) => connector.remove(account),
      };
      async function all() {
        const said = [];
        for (const [verb, baseUrl] of ${JSON.stringify(calls)}) {
          const token = async () => 'a token';
          const connector = createRestConnector({ baseUrl, token, http: callHttp, timeoutMs: 5000, now: Date.now });
          said.push(await ask[verb](connector).catch(({ code, retryAfterMs }) => ({ code, retryAfterMs })));
        }
        console.log(JSON.stringify(said));
      }
      all();`;
    return JSON.parse(await copy.evaluate(script));
  }

  test('compiles where the page puts it', async () => {
    await expect(copy.run('node_modules/.bin/tsc --noEmit')).resolves.toBe('');
  });

  const member = { id: 'member-0', externalId: 'acme/dev/auth0|ada', name: 'ada' };
  const one = (fields: object = {}, carries = 'ours') => ({
    kind: 'one',
    account: { accountId: 'member-0', carries, snapshot: { ...member, ...fields } },
  });

  test('finds nobody, creates once, finds who is there, and is told of one that exists', async () => {
    const { url } = server;
    const said = await ask([
      ['find', url],
      ['create', url],
      ['find', url],
      ['create', url],
    ]);
    expect(said).toEqual([
      { kind: 'none' },
      { kind: 'created', accountId: 'member-0' },
      one(),
      { kind: 'exists' },
    ]);
  });

  test('changes what differs, switches off, removes, and touches nobody else', async () => {
    const verbs = [
      ...(['create', 'readOfStranger', 'change', 'rename', 'enable', 'disable', 'read'] as const),
      ...(['remove', 'remove', 'rename', 'read'] as const),
    ];
    const said = await ask(verbs.map((verb) => [verb, server.url] as const));
    expect(said).toEqual([
      { kind: 'exists' },
      one({}, 'another'),
      ...['unchanged', 'changed', 'unchanged', 'changed'],
      one({ name: 'lovelace', active: false }),
      ...['removed', 'gone', 'gone'],
      { kind: 'none' },
    ]);
  });

  test('fails with the code that says what becomes of the message', async () => {
    const answers = [429, 503, 401, 422, 404].map((status) => ['create', `${server.url}/${status}`] as const);
    expect(await ask([['find', `${server.url}/404`]])).toEqual([{ code: 'remote-misconfigured' }]);
    expect(await ask(answers)).toEqual([
      { code: 'remote-throttled', retryAfterMs: 7_000 },
      { code: 'remote-unavailable', retryAfterMs: 7_000 },
      { code: 'remote-unauthorized' },
      { code: 'remote-rejected' },
      { code: 'remote-misconfigured' },
    ]);
  });

  test('the configuration of when an account is made compiles, and each function is told', async () => {
    apply(timed, copy.directory);
    await copy.compile([timed.file]);
    const script = `
      import { synthesizeTemplates } from './docs/generate/synthesize-templates';
      import { configuration } from './punctual.config';

      const resources = synthesizeTemplates(configuration.systems).flatMap(({ resources }) => Object.values(resources));
      const variables = resources.map(({ Properties }) => Properties?.Environment?.Variables ?? {});
      console.log(JSON.stringify(variables.filter(({ PROVISION_AT }) => PROVISION_AT).map(({ SYSTEM, PROVISION_AT }) => [SYSTEM, PROVISION_AT])));`;
    expect(Object.fromEntries(JSON.parse(await copy.evaluate(script)))).toEqual({
      payments: 'registration',
      community: 'login',
      analytics: 'use',
    });
  });

  test('is synthesized with its own secret and its own variables', async () => {
    const script = `
      import { synthesizeTemplates } from './docs/generate/synthesize-templates';

      const members = { kind: 'rest', baseUrl: 'https://members.example.com/api' } as const;
      console.log(JSON.stringify(synthesizeTemplates({ members }).at(-1)?.resources));`;
    const resources = JSON.parse(await copy.evaluate(script)) as Record<string, Resource>;
    const types = Object.values(resources).map(({ Type }) => Type);
    expect(types).toContain('AWS::SecretsManager::Secret');
    const worker = Object.values(resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(worker?.Properties?.Environment).toMatchObject({
      Variables: {
        REST_BASE_URL: 'https://members.example.com/api',
        REST_TOKEN_SECRET_ARN: expect.anything(),
      },
    });
  });
});

describe('ten minutes', () => {
  let copy: WorkingCopy;
  let run: LocalRun;

  beforeAll(async () => {
    copy = await aWorkingCopy();
    for (const snippet of [...own, desk]) apply(snippet, copy.directory);
    await copy.prepare();
    run = await startLocalRun({ flags: ['--users', '0', '--assembly', copy.directory] });
    await symlink(run.directory, join(copy.directory, '.punctual'), 'dir');
  }, 120_000);
  afterAll(async () => {
    await run?.stop();
    await copy?.remove();
  });

  /** Types the lines below a heading that need the run, and gives what they print. */
  function type(heading: string): Promise<string> {
    const lines = commandsOf(sectionOf(page, heading)).filter((line) => !/^(git|npm) /.test(line));
    return copy.run([...STAND_INS, ...lines.map((line) => `${line} || exit 1`)].join('\n'));
  }

  test('the first configuration is a part of the second, and that of the last, which is run', () => {
    const systems = /systems: \{\n([\s\S]*?)\n {2}\}/.exec(billing.code)?.[1] ?? '';
    expect(systems).toContain('billing');
    expect(reviews.code).toContain(systems);
    const both = /systems: \{\n([\s\S]*?)\n {2}\}/.exec(reviews.code)?.[1] ?? '';
    expect(desk.code).toContain(both);
  });

  test('a person of the reader has an account, and one who signs up during an outage gets theirs', async () => {
    const printed = await type('Ten minutes to a provisioned account');
    expect(printed).toMatch(/billing +linked/);
    expect(printed).toContain('"userName":"ada"');
    expect(printed).toMatch(/billing +pending/);
    const links = await run.links('auth0|ben');
    expect(links.map(({ state }) => state)).toEqual(['linked', 'linked', 'linked']);
    const accounts = await run.accounts('billing');
    expect(accounts.map(({ userName }) => userName).toSorted()).toEqual(['ada', 'ben']);
  });

  test('a row of a profile has the attributes of the event and the defaults', async () => {
    const printed = await type("A service's own profile");
    expect(printed).toMatch(/reviews +linked/);
    const { TableNames = [] } = await run.aws.dynamodb.send(new ListTablesCommand({}));
    const tables = TableNames.filter((name) => /profiles/i.test(name));
    const { Items } = await run.aws.dynamodb.send(new ScanCommand({ TableName: only(tables) }));
    expect(Items).toContainEqual({
      user_id: 'auth0|eve',
      externalId: 'punctual-dev.eu.auth0.com/dev/auth0|eve',
      username: 'eve',
      given_name: 'Eve',
      user_metadata_country: 'NZ',
      reviews: [],
      language: 'en',
    });
  });

  test('a connector of the reader makes an account', async () => {
    const printed = await type('Your own connector');
    expect(printed).toMatch(/desk +linked/);
    expect(printed).toContain('"profile":{"email":"mia@example.com","given_name":"Mia"}');
  });
});
