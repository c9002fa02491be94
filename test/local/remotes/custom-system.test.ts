import { join } from 'node:path';
import type { FunctionInfo } from '../../../local/functions/functions';
import type { LocalRun } from '../../../local/local-run';
import { startCustom } from '../../../local/remotes/custom/start-custom';
import type { RemoteSystem } from '../../../local/remotes/remote-system';

const ROOT = join(__dirname, '../../..');
const EXAMPLE = 'examples/systems/ticket-desk';

const connectorOf = (module: string): FunctionInfo => ({
  ...{ name: 'desk', arn: 'arn', physicalName: 'desk', logicalId: 'Worker', stackPath: '' },
  system: { name: 'desk', kind: 'custom', module },
  environment: { CUSTOM_SECRET_ARN: 'arn', CUSTOM_BASE_URL: 'https://desk.example.com/api' },
});

/** A run whose only secret has the text `key`. */
const run = {
  clock: { startedAt: Date.now(), scale: 1 },
  frontDoor: { call: async () => ({ SecretString: 'key' }) },
  functions: { kill: () => 0 },
} as unknown as LocalRun;

test.each([
  ['examples/systems/nobody', 'Write examples/systems/nobody.local.ts'],
  ['test/lib/fixtures/systems/no-connector', 'is no stand-in'],
])('fails to stand in for %s, and never calls the real one', async (module, words) => {
  const failed = await startCustom(connectorOf(module), run, 0, [ROOT]).catch((error) => error);
  expect(failed).toMatchObject({ code: 'no-stand-in', message: expect.stringContaining(words) });
});

describe('the stand-in of the example', () => {
  let desk: RemoteSystem;
  beforeAll(async () => {
    desk = await startCustom(connectorOf(EXAMPLE), run, 0, ['/nowhere', ROOT]);
  });
  afterAll(() => desk?.stop());

  const post = (headers: Record<string, string>, body: unknown = { reference: 'ours', profile: {} }) =>
    fetch(`${desk.url}/agents`, { method: 'POST', headers, body: JSON.stringify(body) });
  const status = async (call: Promise<Response>) => (await call).status;

  test('is below the path of the real one, on this machine alone', () => {
    expect(desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
  });

  test('lets who only looks look, and nobody write without the secret', async () => {
    expect(await status(fetch(`${desk.url}/agents`))).toBe(200);
    expect(await status(fetch(`${desk.url}/agents`, { headers: { 'x-api-key': 'wrong' } }))).toBe(401);
    expect(await status(post({}))).toBe(401);
    expect(await status(post({ 'x-api-key': 'wrong' }))).toBe(401);
    expect(await status(post({ 'x-api-key': 'key' }))).toBe(201);
    await desk.setToken('another');
    expect(await status(post({ 'x-api-key': 'key' }))).toBe(401);
    expect(await status(post({ 'x-api-key': 'another' }))).toBe(201);
    // It keeps two accounts of one user, so that they are seen.
    expect(await desk.count()).toMatchObject({ accounts: 2, duplicates: 1 });
  });

  test('says 500 when it breaks, and goes on', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await status(post({ 'x-api-key': 'another' }, null))).toBe(500);
    expect(said).toHaveBeenCalledTimes(1);
    said.mockRestore();
    expect(await status(fetch(`${desk.url}/agents/none`))).toBe(404);
  });

  test('is down and up again with its accounts', async () => {
    await desk.down();
    expect(desk.isUp).toBe(false);
    await expect(fetch(`${desk.url}/agents`)).rejects.toThrow();
    await desk.up();
    expect(desk.isUp).toBe(true);
    expect(await (await fetch(`${desk.url}/agents`)).json()).toMatchObject({ total: 2 });
  });
});
