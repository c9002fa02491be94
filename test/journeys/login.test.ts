import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';

const DATABASE = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
const GOOGLE = { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' };

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf({
    profile: { kind: 'profile', attributes: ['email'] },
    community: { kind: 'profile', attributes: ['email'], provisionAt: 'login' },
  });
});
afterAll(() => run?.stop());

const comesIn = (userId: string, way: string) =>
  run.control('POST', `/users/${encodeURIComponent(userId)}/login`, { way });

async function statesOf(userId: string): Promise<Record<string, string>> {
  const links = await run.links(userId);
  return Object.fromEntries(links.map(({ system, state }) => [system, state]));
}

async function become(userId: string, wanted: Record<string, string>): Promise<void> {
  await waitFor(`links of ${userId}`, async () => {
    const states = await statesOf(userId);
    return Object.entries(wanted).every(([system, state]) => states[system] === state);
  });
}

test('who signs up has some accounts ahead of time, and the others with their first login', async () => {
  const user = { user_id: 'auth0|ada', email: 'ada@example.com', username: 'ada' };
  expect(await run.emit({ connection: DATABASE, user })).toMatchObject({ emitted: true });
  await become('auth0|ada', { profile: 'linked', community: 'skipped' });

  for (const way of ['silent', 'refresh', 'password'])
    expect(await comesIn('auth0|ada', way)).toEqual({ emitted: false, code: 'nothing' });
  expect(await statesOf('auth0|ada')).toEqual({ profile: 'linked', community: 'skipped' });

  expect(await comesIn('auth0|ada', 'browser')).toEqual({ emitted: true, code: 'emitted' });
  await become('auth0|ada', { profile: 'linked', community: 'linked' });
});

test('who comes by Google exists first at their login, and has every account with it', async () => {
  const user = { user_id: 'google-oauth2|ben', email: 'ben@example.com' };
  expect(await run.emit({ connection: GOOGLE, user })).toMatchObject({ emitted: true });
  await become('google-oauth2|ben', { profile: 'linked', community: 'linked' });
});
