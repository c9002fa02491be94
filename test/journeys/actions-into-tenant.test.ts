import { PassThrough } from 'node:stream';
import { runCli } from '../../cli/run-cli';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';

const NAME = 'punctual-post-user-registration';
const FOREIGN = ['Greet by mail', 'Count registrations'];

let run: LocalRun;

beforeAll(async () => {
  // Functions read the key ring again within minutes, and wait with what they cannot judge before.
  run = await startLocalRun({ timeScale: 60 });
});
afterAll(() => run?.stop());

interface Told {
  readonly changed: boolean;
  readonly drift: boolean;
  readonly actions: readonly { readonly bindings: { readonly before: string[]; readonly after: string[] } }[];
}

/** Runs a command as a script would, and notes all that it said. */
async function punctual(...words: string[]): Promise<{ exitCode: number; told: Told; said: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()] as unknown as NodeJS.WriteStream[];
  if (stdout === undefined || stderr === undefined) throw new Error('There is no screen');
  const argv = [...words, '--directory', run.directory, '--json'];
  const exitCode = await runCli(argv, { streams: { stdout, stderr } });
  const [text, said] = [String(stdout.read() ?? '{}'), String(stderr.read() ?? '')];
  return { exitCode, told: JSON.parse(text), said: text + said };
}

async function signUp(userId: string): Promise<void> {
  const connection = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
  expect(await run.emit({ connection, user: { user_id: userId, username: userId.slice(6) } })).toEqual({
    emitted: true,
    code: 'emitted',
  });
  await waitFor(`all links of ${userId}`, async () => {
    const links = await run.links(userId);
    return links.length === 4 && links.every(({ state }) => state === 'linked');
  });
}

/** The address is changed in Auth0, and the event stream tells the systems of it. */
async function movesTo(userId: string, email: string): Promise<void> {
  await run.control('PATCH', `/users/${encodeURIComponent(userId)}`, { email });
  await waitFor(`the new address of ${userId}`, async () => {
    const accounts = await run.accounts('crm');
    return accounts.some((account) => JSON.stringify(account.emails ?? []).includes(email));
  });
}

test('Actions go into the tenant, follow the keys, and leave it as it was', async () => {
  const heard: string[] = [];
  const say = async (...words: string[]) => {
    const answer = await punctual(...words);
    heard.push(answer.said);
    return answer;
  };

  expect(await say('actions', 'diff')).toMatchObject({ exitCode: 1, told: { drift: true } });
  const deployed = await say('actions', 'deploy');
  expect(deployed).toMatchObject({ exitCode: 0, told: { changed: true } });
  expect(deployed.told.actions[0]?.bindings).toEqual({ before: FOREIGN, after: [...FOREIGN, NAME] });
  await signUp('auth0|by-deployed');
  await movesTo('auth0|by-deployed', 'by-deployed@example.com');
  expect(await say('actions', 'deploy')).toMatchObject({ exitCode: 0, told: { changed: false } });

  expect(await say('rotate', 'signing-secret')).toMatchObject({ exitCode: 0 });
  expect(await say('rotate', 'api-key')).toMatchObject({ exitCode: 0 });
  await signUp('auth0|by-old-keys');
  expect(await say('actions', 'diff')).toMatchObject({ exitCode: 1 });
  for (const key of ['signing-secret', 'api-key']) {
    const tooEarly = await say('rotate', key, '--finish');
    expect([tooEarly.exitCode, tooEarly.said]).toEqual([1, expect.stringContaining('"actions-behind"')]);
  }
  await signUp('auth0|by-old-keys-still');
  expect(await say('actions', 'deploy')).toMatchObject({ told: { changed: true } });
  for (const key of ['signing-secret', 'api-key']) {
    expect(await say('rotate', key, '--finish')).toMatchObject({ exitCode: 0 });
  }
  await signUp('auth0|by-new-keys');

  const ofStream = ['rotate', 'signing-secret', '--issuer', 'event-stream'];
  expect(await say(...ofStream)).toMatchObject({ exitCode: 0 });
  expect((await say(...ofStream, '--finish')).said).toContain('"actions-behind"');
  expect(await say('actions', 'deploy')).toMatchObject({ told: { changed: true } });
  expect(await say(...ofStream, '--finish')).toMatchObject({ exitCode: 0 });
  await movesTo('auth0|by-new-keys', 'by-new-keys@example.com');

  expect(await say('actions', 'remove')).toMatchObject({ exitCode: 0, told: { changed: true } });
  expect((await say('actions', 'diff')).told.actions[0]?.bindings.before).toEqual(FOREIGN);

  const secrets = [
    run.local.EventApiKey,
    run.local.SigningSecret.slice(6),
    run.local.EventStreamSecret.slice(6),
    run.local.ManagementApi.ClientSecret,
  ];
  expect(secrets.filter((secret) => secret === '' || heard.join('\n').includes(secret))).toEqual([]);
}, 240_000);
