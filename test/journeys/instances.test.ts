import type { EventUser } from '../../events/event-schema';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { ConfigurationInput } from '../../lib/configuration';
import { accountsOf } from '../helpers/accounts';
import { anEvent } from '../helpers/events';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { type Punctual, punctualOn } from '../helpers/punctual';
import { postSigned, runTime } from '../helpers/signed-post';

// Two of them at one host, as many vendors have them.
const SYSTEMS = {
  crm: {
    kind: 'scim',
    instances: {
      de: { baseUrl: 'https://crm.example.com/de/scim/v2', countries: ['de', 'at'] },
      fr: { baseUrl: 'https://crm.example.com/fr/scim/v2' },
    },
    country: { from: 'user_metadata.country' },
    breaker: { minimumUsers: 2, pauseSeconds: 120 },
  },
} satisfies ConfigurationInput['systems'];
const emit = { attributes: ['user_metadata.country'] };

let run: LocalRun;
let punctual: Punctual;
let users = 0;

beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS, { timeScale: 60, emit });
  punctual = punctualOn(run);
}, 180_000);
afterAll(() => run?.stop());

/** Somebody signs up, and their profile says a country. */
async function signUp(country?: string): Promise<string> {
  users += 1;
  const [user_id, email] = [`auth0|abroad-${users}`, `abroad-${users}@example.com`];
  const user: Partial<EventUser> = { user_id, email, user_metadata_country: country ?? null };
  const time = new Date(await runTime(run)).toISOString();
  const event = anEvent({ id: `reg_abroad_${users}`, user: { ...user, created_at: time } });
  expect((await postSigned(run, { ...event, time })).status).toBe(202);
  return user_id;
}

const linkOf = (id: string, wanted: Partial<UserLink>) =>
  waitFor(
    `${JSON.stringify(wanted)} of ${id}`,
    async () => {
      const [link] = await run.links(id);
      return Object.entries(wanted).every(([name, value]) => link?.[name as 'state'] === value) && link;
    },
    40_000,
  );

const places = async (id: string) => ({
  de: (await accountsOf(run, 'crm/de', id)).length,
  fr: (await accountsOf(run, 'crm/fr', id)).length,
});

interface Systems {
  readonly systems: readonly { readonly instance: string; readonly breaker: { readonly state: string } }[];
}

test('each user has one account, in the instance of their country', async () => {
  const [austrian, french] = [await signUp('AT'), await signUp(' fr ')];
  await linkOf(austrian, { state: 'linked', instance: 'de' });
  await linkOf(french, { state: 'linked', instance: 'fr' });
  expect([await places(austrian), await places(french)]).toEqual([
    { de: 1, fr: 0 },
    { de: 0, fr: 1 },
  ]);
});

test('who says no country, or an unknown one, is parked until a request names one', async () => {
  const [silent, stray] = [await signUp(), await signUp('JP')];
  await linkOf(silent, { state: 'rejected', code: 'country-missing' });
  await linkOf(stray, { state: 'rejected', code: 'country-unknown' });
  const parked = await punctual.run(['dlq', 'show', 'crm']);
  expect(parked.stdout).toContain('country-missing');
  expect(parked.stdout).toContain('country-unknown');
  const ask = ['send', '--type', 'user.provision-requested', '--system', 'crm', '--country', 'FR'];
  expect((await punctual.run([...ask, '--user-id', stray, '--email', 'stray@example.com'])).exitCode).toBe(0);
  await linkOf(stray, { state: 'linked', instance: 'fr' });
  const { stdout } = await punctual.run(['status', stray]);
  expect(stdout).toContain('crm/fr');
  const explained = await punctual.run(['explain', stray, '--system', 'crm']);
  expect(explained.stdout).toContain('The instance is fr: the account is there, or may be.');
});

test('one instance that is down is left alone, and the other one goes on', async () => {
  await run.control('POST', '/remotes/crm%2Fde/down');
  const late = await Promise.all([signUp('de'), signUp('de'), signUp('de')]);
  await waitFor(
    'an open breaker of de',
    async () => {
      const { json } = await punctual.ask<Systems>('status');
      return json.systems.some(({ instance, breaker }) => instance === 'de' && breaker.state !== 'closed');
    },
    40_000,
  );
  const french = await signUp('fr');
  await linkOf(french, { state: 'linked', instance: 'fr' });
  const { json } = await punctual.ask<Systems>('status');
  expect(json.systems.find(({ instance }) => instance === 'fr')?.breaker.state).toBe('closed');
  await run.control('POST', '/remotes/crm%2Fde/up');
  expect((await punctual.run(['breaker', 'close', 'crm'])).exitCode).toBe(2);
  // A worker that probes at the same moment has the say, and whoever closes it looks again.
  const close = () => punctual.run(['breaker', 'close', 'crm', '--instance', 'de']);
  await waitFor('a closed breaker of de', async () => (await close()).exitCode === 0);
  for (const id of late) await linkOf(id, { state: 'linked', instance: 'de' });
}, 90_000);
