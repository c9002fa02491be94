import { createPeople, type People } from '../../../local/auth0/people';
import { SAMPLE_USER } from '../../../local/auth0/sample-user';
import { TenantUsers, type UserChange } from '../../../local/auth0/tenant-users';
import { createTrigger } from '../../../local/auth0/trigger';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const USER = SAMPLE_USER.parse({
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
  user: { user_id: 'auth0|1', email: 'ada@example.com' },
});

/** A tenant whose Actions have this body. */
function host(body: string, printed: string[] = [], changes: UserChange[] = []): People {
  const code = `let runs = 0; const run = async (event, api) => { ${body} };
    Object.assign(exports, { onExecutePostUserRegistration: run, onExecutePostLogin: run });`;
  const clock = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };
  const trigger = () =>
    createTrigger({
      actions: () => [{ id: '1', name: 'code.js', code, secrets: { KEY: 'k' } }],
      ...{ clock, print: (line: string) => void printed.push(line) },
    });
  return createPeople({
    ...{ users: new TenantUsers(clock.now), stream: { tell: (told) => void changes.push(...told) } },
    ...{ registration: trigger(), login: trigger(), domain: 'acme.eu.auth0.com', now: clock.now },
    onSignUp: () => undefined,
  });
}

const OTHER = { ...USER, user: { ...USER.user, user_id: 'auth0|2' } };
const GRACE = SAMPLE_USER.parse({
  connection: { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' },
  user: { user_id: 'google-oauth2|7' },
});

test('the Action gets the event that Auth0 documents, and the clock of the run', async () => {
  const printed: string[] = [];
  const action = host(
    'console.log(JSON.stringify({ event, at: [Date.now(), new Date().getTime(), new Date(0).getTime()] }))',
    printed,
  );
  await action.register(USER);
  const { event, at } = JSON.parse(printed[0] ?? '');
  expect(at).toEqual([NOW, NOW, 0]);
  expect(event).toMatchObject({
    tenant: { id: 'acme' },
    secrets: { KEY: 'k' },
    connection: { name: 'Username-Password-Authentication', strategy: 'auth0' },
    user: { user_id: 'auth0|1', created_at: '2026-11-20T09:00:00.000Z', app_metadata: {} },
    request: { method: 'POST' },
  });
});

test('what the Action prints says whether it told us, whoever else is running', async () => {
  const action = host(`
    const code = runs++ === 0 ? 'unreachable' : 'emitted';
    await new Promise((resolve) => setTimeout(resolve, code === 'emitted' ? 5 : 20));
    console.log(JSON.stringify({ code }));`);
  expect(await Promise.all([action.register(USER), action.register(OTHER)])).toEqual([
    { userId: 'auth0|1', emitted: false, code: 'unreachable' },
    { userId: 'auth0|2', emitted: true, code: 'emitted' },
  ]);
});

test('an Action that throws or says nothing has not told us', async () => {
  expect(await host('throw new Error()').register(USER)).toMatchObject({
    emitted: false,
    code: 'threw',
  });
  expect(await host('').register(USER)).toMatchObject({ emitted: false, code: 'nothing' });
});

test.each([
  ['browser', { protocol: 'oidc-basic-profile', id: expect.any(String) }, {}, {}],
  ['silent', { id: expect.any(String) }, { prompt: 'none' }, {}],
  ['refresh', { protocol: 'oauth2-refresh-token' }, {}, { grant_type: 'refresh_token' }],
  ['password', { protocol: 'oauth2-password' }, {}, { grant_type: 'password' }],
] as const)(
  'a login by %s looks to the Action as it does on Auth0',
  async (way, transaction, query, body) => {
    const printed: string[] = [];
    const action = host('console.log(JSON.stringify({ code: "seen", event }))', printed);
    await action.register(USER);
    printed.length = 0;
    expect(await action.logIn('auth0|1', way)).toEqual({ userId: 'auth0|1', emitted: false, code: 'seen' });
    expect(JSON.parse(printed[0] ?? '').event).toMatchObject({
      user: { user_id: 'auth0|1' },
      connection: { strategy: 'auth0' },
      ...{ transaction, request: { query, body } },
    });
  },
);

test('what an Action caches it finds in its next run', async () => {
  const action = host(`
    const code = api.cache.get('seen')?.value ?? 'first';
    api.cache.set('seen', 'again');
    console.log(JSON.stringify({ code }));`);
  await action.register(GRACE);
  await action.register(USER);
  expect((await action.logIn('auth0|1', 'browser')).code).toBe('again');
});

test('rejects a dependency, which an Action cannot have', async () => {
  const action = host('require("express")');
  expect(await action.register(USER)).toMatchObject({ emitted: false, code: 'threw' });
});
