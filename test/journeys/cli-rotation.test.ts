import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { waitMinutes } from '../helpers/disturb';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { type Punctual, punctualOn } from '../helpers/punctual';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const nextUser = createUserIds('rotation');
let run: LocalRun;
let mine: Punctual;
let onAws: Punctual;

// A worker keeps what it read of the secret for five minutes; five seconds here.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 60 });
  [mine, onAws] = [punctualOn(run), punctualOn(run, 'stack')];
}, 90_000);
afterAll(() => run?.stop());

const isLinked = async (user: string) => {
  const links = await run.links(user);
  return links.length === 4 && links.every(({ state }) => state === 'linked');
};

const allLinked = (users: readonly string[]) =>
  waitFor(
    `all links of ${users.length} users`,
    async () => (await Promise.all(users.map(isLinked))).every(Boolean),
    30_000,
  );

/** People who sign up all the while, by a sender who knows the first key alone. */
function signUpSteadily(): { stop(): Promise<string[]> } {
  const users: string[] = [];
  let isOver = false;
  const signUp = async () => {
    while (!isOver) {
      const user = nextUser();
      expect((await postSigned(run, await aRegistration(run, user))).status).toBe(202);
      users.push(user);
      await waitFor('its first link', async () => (await run.links(user)).length > 0);
    }
    return users;
  };
  const signedUp = signUp();
  return {
    stop: () => {
      isOver = true;
      return signedUp;
    },
  };
}

/** Sends as the command does: with the newest key. */
async function send(punctual: Punctual): Promise<string> {
  const user = nextUser();
  const person = ['--user-id', user, '--username', user, '--email', `${user.slice(6)}@example.com`];
  expect(await punctual.ask('send', ...person)).toMatchObject({ exitCode: 0, json: { accepted: 1 } });
  return user;
}

const quarantined = async () =>
  (await mine.ask<{ codes: { code: string }[] }>('quarantine', 'list')).json.codes;

/** The tenant of the run has no Action that would tell, and in front of AWS nobody may look at one. */
async function refusesToFinish(what: string): Promise<void> {
  const [here, there] = [
    await mine.run(['rotate', what, '--finish']),
    await onAws.run(['rotate', what, '--finish']),
  ];
  expect([here.exitCode, there.exitCode]).toEqual([1, 3]);
  expect(here.stderr).toMatch(/^punctual: actions-behind: .* is not in the tenant\. .*--finish --yes.*\n$/);
  expect(there.stderr).toMatch(/^punctual: no-client-credentials: .*--finish --yes.*\n$/);
}

test('a new signing secret refuses nobody who signs with either, and only --finish ends the old one', async () => {
  const steady = signUpSteadily();
  const begun = await mine.ask('rotate', 'signing-secret');
  expect(begun).toMatchObject({ exitCode: 0, json: { keys: 2, signing: 2 } });
  const byNew = [await send(mine), await send(onAws)];
  const byOld = await steady.stop();
  expect(byOld.length).toBeGreaterThan(1);
  await allLinked([...byNew, ...byOld]);
  expect(await quarantined()).toEqual([]);

  const again = await mine.run(['rotate', 'signing-secret']);
  expect([again.exitCode, again.stdout]).toEqual([1, '']);
  expect(again.stderr).toMatch(/^punctual: rotation-pending: .*rotate signing-secret --finish.*\n$/);
  await refusesToFinish('signing-secret');
  const finished = await onAws.ask('rotate', 'signing-secret', '--finish', '--yes');
  expect(finished).toMatchObject({ exitCode: 0, json: { keys: 2, signing: 1, ended: 1 } });
  await allLinked([await send(mine)]);
  await waitMinutes(run, 5);
  const late = await aRegistration(run, nextUser());
  expect((await postSigned(run, { ...late, data: { ...late.data, system: 'crm' } })).status).toBe(202);
  await waitFor('an event that is not believed', async () => {
    return (await quarantined()).some(({ code }) => code === 'signature-invalid');
  });
}, 120_000);

test('a new API key opens the door beside the old one, until --finish', async () => {
  const knock = async () => (await run.post('/events', {})).status;
  const { exitCode, json } = await onAws.ask<{ created: string; enabled: string[] }>('rotate', 'api-key');
  expect([exitCode, json.enabled.length, json.enabled[0]]).toEqual([0, 2, json.created]);
  // Let in, and refused for what it brings.
  expect(await knock()).toBe(400);
  await send(mine);
  expect(await mine.ask('doctor')).toMatchObject({
    json: expect.arrayContaining([expect.objectContaining({ check: 'api key', status: 'warn' })]),
  });
  await refusesToFinish('api-key');
  const finished = await mine.ask('rotate', 'api-key', '--finish', '--yes');
  expect(finished).toMatchObject({ exitCode: 0, json: { enabled: [json.created] } });
  expect(await knock()).toBe(403);
  await send(onAws);
  expect((await mine.run(['rotate', 'api-key', '--finish'])).exitCode).toBe(1);
}, 120_000);

test('the audit has each step, and no key is in anything that was printed', async () => {
  const { json } = await mine.ask<{ act: string; outcome: string; subject: string }[]>('audit', 'list');
  const rotations = json.filter(({ act }) => act.startsWith('rotate'));
  expect(rotations.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
    'rotate api-key --finish done',
    'rotate api-key done',
    'rotate signing-secret --finish done',
    'rotate signing-secret done',
  ]);
  const SecretId = run.outputs.SigningSecretArn;
  const { SecretString = '' } = await run.aws.secrets.send(new GetSecretValueCommand({ SecretId }));
  const { keys } = JSON.parse(SecretString) as { keys: { secret: string }[] };
  const printed = JSON.stringify([...mine.heard, ...onAws.heard]);
  expect(keys).toHaveLength(2);
  for (const secret of [...keys.map((key) => key.secret), run.local.EventApiKey]) {
    expect(printed).not.toContain(secret.replace(/^whsec_/, ''));
  }
});
