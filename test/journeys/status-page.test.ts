import { decodeJwt, jwtVerify } from 'jose';
import type { ConfigurationInput } from '../../lib/configuration';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { aRegistration, postSigned, runTime } from '../helpers/signed-post';
import {
  askReadiness,
  getPage,
  notedSockets,
  openSocket,
  postTo,
  STATE,
  secretIn,
  snapshotOf,
  statusToken,
} from '../helpers/status-page';

const crm = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } as const;
const SYSTEMS = {
  profile: { kind: 'profile', required: true },
  crm: { ...crm, required: true, label: 'Customer file' },
} satisfies ConfigurationInput['systems'];

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS);
}, 180_000);
afterAll(() => run?.stop());

const signUp = async (user: string) => {
  const answer = await postSigned(run, await aRegistration(run, user));
  expect(answer.status).toBe(202);
};
const crmIs = (how: 'up' | 'down') => run.control('POST', `/remotes/crm/${how}`);

test('a person sees each account come, and goes on with a token that says so', async () => {
  const user = 'auth0|waits';
  const token = await statusToken(run, user);
  const page = await getPage(run, token);
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(page.headers.get('content-security-policy')).toContain(
    run.outputs.StatusSocketUrl?.split('/live')[0],
  );
  expect(await page.text()).toContain('Customer file');

  const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
  socket.ask(token);
  await socket.hears('a snapshot', ({ type }) => type === 'snapshot');
  await signUp(user);
  for (const system of Object.keys(SYSTEMS)) {
    await socket.hears(
      `news of ${system}`,
      (message) => message.type === 'standing' && message.system === system && message.standing === 'ready',
    );
  }
  // What was pushed is seen by whoever asks after it.
  const { end, returnToken } = await snapshotOf(run, token);
  expect(end).toBe('settled');
  const secret = new TextEncoder().encode(await secretIn(run, run.outputs.ReturnSecretArn));
  const currentDate = new Date(await runTime(run));
  const { payload } = await jwtVerify(returnToken, secret, { algorithms: ['HS256'], currentDate });
  expect(payload).toMatchObject({ purpose: 'return', sub: user, state: STATE, all: true, waiting: [] });
  expect(await (await askReadiness(run, { user_id: user })).json()).toEqual({
    ...{ known: true, all: true, settled: true, failed: [] },
    ready: ['profile', 'crm'],
  });
  await socket.close();
});

test('a system that is down holds nobody longer than the deadline, and the page may be loaded again', async () => {
  await crmIs('down');
  const token = await statusToken(run, 'auth0|late', { at: (await runTime(run)) - 7_000 });
  await signUp('auth0|late');
  const ready = (names: string[]) => async () =>
    String(decodeJwt((await snapshotOf(run, token)).returnToken).ready) === String(names);
  await waitFor('the profile', ready(['profile']));
  await waitFor('the deadline', async () => (await snapshotOf(run, token)).end === 'deadline');
  expect(decodeJwt((await snapshotOf(run, token)).returnToken)).toMatchObject({
    all: false,
    waiting: ['crm'],
  });
  expect((await getPage(run, token)).status).toBe(200);
  await crmIs('up');
});

test('two tabs are told, a closed one is forgotten, and nobody else hears of it', async () => {
  const user = 'auth0|tabs';
  const tokens = await Promise.all([
    statusToken(run, user),
    statusToken(run, user),
    statusToken(run, 'auth0|other'),
  ]);
  const [one, closed, other] = await Promise.all(
    tokens.map(async (token) => {
      const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
      socket.ask(token);
      await socket.hears('a snapshot', ({ type }) => type === 'snapshot');
      return socket;
    }),
  );
  const before = (await notedSockets(run)).length;
  await closed?.close();
  await signUp(user);
  await one?.hears('news', ({ type }) => type === 'standing');
  await waitFor('a socket less', async () => (await notedSockets(run)).length < before);
  expect(other?.heard.map(({ type }) => type)).toEqual(['snapshot']);
  await Promise.all([one?.close(), other?.close()]);
});

test('nothing is told to whoever has no right token', async () => {
  const old = await statusToken(run, 'auth0|waits', { exp: Math.floor((await runTime(run)) / 1000) - 1 });
  const pages = await Promise.all([getPage(run, 'a.b.c'), getPage(run, old)]);
  expect(pages.map(({ status }) => status)).toEqual([400, 410]);
  const posted = (session_token: string) => postTo(run, 'snapshot', { session_token, state: STATE });
  expect([(await posted('a.b.c')).status, (await posted(old)).status]).toEqual([400, 410]);
  expect((await postTo(run, 'readiness', { user_id: 'auth0|waits' })).status).toBe(401);
  const { ticket, returnToken } = await snapshotOf(run, await statusToken(run, 'auth0|waits'));
  for (const wrong of ['', 'a.b.c', old, returnToken]) {
    await expect(openSocket(run, wrong)).rejects.toThrow('401');
  }
  // The ticket of one login and no token of another.
  const socket = await openSocket(run, ticket);
  socket.ask(ticket);
  await socket.hears('a refusal', ({ type }) => type === 'expired');
  expect(socket.heard.map(({ type }) => type)).toEqual(['expired']);
  await socket.close();
});

test('nothing of a person, a token or a state is in any log', async () => {
  const all = Object.values(await run.logs())
    .flat()
    .join('\n');
  const access = Object.entries(await run.logs()).filter(([name]) => /Status(Api|Socket)$/.test(name));
  expect(access.map(([, lines]) => lines.length > 0)).toEqual([true, true]);
  expect(all).not.toMatch(/auth0\|(waits|late|tabs|other)|eyJ|hKFo2|session_token|ticket=/);
});
