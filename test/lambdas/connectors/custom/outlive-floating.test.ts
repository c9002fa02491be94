import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** In a process of its own, since Jest's never ends by a promise; its listener is as that of Lambda. */
function run(verb: string, outlive = ''): { readonly status: number | null; readonly stdout: string } {
  const script = `
    const { createCustomConnector } = require('./lambdas/connectors/custom/custom-connector');
    const { outliveFloating } = require('./lambdas/connectors/custom/outlive-floating');
    const { HttpError } = require('./lambdas/runtime/http');
    process.on('unhandledRejection', (error) => process.exit(128));
    ${outlive}
    const soon = (ms) => new Promise((done) => setTimeout(done, ms));
    const connector = createCustomConnector({ find: ${verb} }, {
      baseUrl: 'https://desk.example.com', settings: {}, token: async () => 'key',
      http: async ({ url }) => {
        if (url.endsWith('teams')) await soon(5);
        throw new HttpError('unreachable');
      },
      timeoutMs: 1000, verbMs: 1000, now: Date.now, onDefect: () => {},
    });
    connector.find({ externalId: 'ours', userId: 'auth0|1', attributes: [] }).catch(async ({ code }) => {
      await soon(20);
      console.log('after', code);
    });
  `;
  return spawnSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: join(__dirname, '../../../..'),
    encoding: 'utf8',
  });
}

const OUTLIVE = `outliveFloating(process, (error) => console.log('told of', error.name));`;
const TWO_CALLS = `
  const agents = call({ method: 'GET', path: ['agents'] });
  const teams = call({ method: 'GET', path: ['teams'] });
`;

test('a second call that fails after the first one ended the verb ends no process', () => {
  const { status, stdout } = run(
    `async ({ call }) => { ${TWO_CALLS} await agents; await teams; return { accounts: [] }; }`,
  );
  expect([status, stdout]).toEqual([0, 'after remote-unavailable\n']);
});

test('nor does a promise of the connector itself, of which the log is told', () => {
  const { status, stdout } = run(
    `async ({ call }) => { ${TWO_CALLS}
      const understood = teams.then((answer) => answer.status);
      await agents; await understood; return { accounts: [] }; }`,
    OUTLIVE,
  );
  expect([status, stdout]).toEqual([0, 'told of RetryableError\nafter remote-unavailable\n']);
});
