import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { aRegistration, getStore, postSigned, signedHeaders } from '../helpers/signed-post';

interface Sample {
  readonly user: Readonly<Record<string, unknown>> & { readonly user_id: string };
}

const samples = JSON.parse(readFileSync(join(__dirname, '../../examples/users.json'), 'utf8')) as Sample[];
let run: LocalRun;

// A forgery is refused a minute after it was accepted; six seconds here.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 10 });
}, 90_000);
afterAll(() => run?.stop());

/** Every text that says something of a person, a secret or a key, and that no log line may hold. */
function forbidden(): string[] {
  const personal = samples.flatMap(({ user }) => [
    user.user_id,
    ...Object.entries(user)
      .filter(([name]) => !['created_at', 'updated_at', 'user_id'].includes(name))
      .flatMap(([, value]) => (typeof value === 'string' ? [value] : [])),
  ]);
  const { SigningSecret, EventApiKey } = run.local;
  return [...personal, 'mallory', SigningSecret, SigningSecret.slice('whsec_'.length), EventApiKey];
}

/** `text` as it is, and as it looks in a URL, a form and JSON. */
const spellings = (text: string) => [
  text,
  encodeURIComponent(text),
  encodeURIComponent(text).replaceAll('%20', '+'),
  JSON.stringify(text).slice(1, -1),
];

test('no log line of a whole journey holds personal data, a token or a key', async () => {
  for (const sample of samples) await run.emit(sample);
  const users = samples.map(({ user }) => user.user_id);
  await waitFor('all links', async () => {
    const links = await run.links();
    return (
      links.filter(({ state, user_id }) => state === 'linked' && users.includes(user_id ?? '')).length ===
      4 * users.length
    );
  });
  await goWrong();
  const logs = await waitFor('logs of every kind', async () => {
    const found = await run.logs();
    const text = JSON.stringify(found);
    return (
      ['signature-invalid', 'remote-rejected', 'invalid-attribute', 'rejected'].every((word) =>
        text.includes(word),
      ) && found
    );
  });
  const lines = Object.values(logs).flat();
  expect(lines.length).toBeGreaterThan(50);
  const leaks = forbidden().filter((text) =>
    lines.some((line) =>
      spellings(text).some((spelling) => line.toLowerCase().includes(spelling.toLowerCase())),
    ),
  );
  expect(leaks).toEqual([]);
}, 90_000);

/** One of each thing that makes somebody write a log line in a hurry. */
async function goWrong(): Promise<void> {
  const mallory = 'samlp|idp|mallory@example.com';
  const event = await aRegistration(run, mallory, { email: 'mallory@example.com' });
  const hostile = { ...event, id: 'mallory@example.com' };
  await postSigned(run, hostile, { secret: `whsec_${Buffer.alloc(32).toString('base64')}` });
  await run.control('POST', '/faults', {
    remote: 'crm',
    operation: 'POST /Users',
    when: 'before',
    effect: 'error',
    status: 400,
    times: 1,
  });
  await postSigned(run, hostile);
  const odd = { ...event, data: { user: { ...event.data.user, 'mallory@example.com': 'x' } } };
  await postSigned(run, odd);
  const message = JSON.stringify({
    username: 'mallory',
    email: 'mallory@example.com',
    user_id: `${mallory}2`,
  });
  await getStore(run, { message, subject: 'mallory' }, await signedHeaders(run, message));
}
