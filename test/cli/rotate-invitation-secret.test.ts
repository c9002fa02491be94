import { rotateInvitationSecret } from '../../cli/rotate/invitation-secret';
import { parseKeys } from '../../events/key-ring';
import { type InvitationRing, readRing } from '../../lambdas/invitations/token/invitation-ring';
import { isTokenOf, newToken, readToken } from '../../lambdas/invitations/token/token';
import { SECRET_TEXT, NOW as SENT_AT } from '../lambdas/invitations/helpers/invitations';
import { ADA, otherId, TestVisitor, thePages } from '../lambdas/invitations/pages/helpers/a-visit';
import { aScreen } from './helpers/a-screen';
import { anAudit, outputs, surroundings } from './helpers/deps';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STACK = { InvitationTableName: 'invitations', InvitationSecretArn: 'arn' };

function setUp(values: Record<string, string> = STACK) {
  const [screen, audit] = [aScreen(), anAudit()];
  const store = { text: SECRET_TEXT, now: SENT_AT };
  const secrets = async () => ({
    read: async () => store.text,
    write: async (_: string, written: string, before: string) => {
      expect(before).toBe(store.text);
      store.text = written;
    },
  });
  const own = { outputs: async () => outputs(values), secrets, now: () => store.now };
  const rotate = (given: { finish?: boolean; yes?: boolean } = {}) =>
    rotateInvitationSecret(
      { finish: false, yes: false, ...given },
      { ...surroundings(), ...screen, ...audit, ...own },
    );
  const keys = () => parseKeys(store.text);
  return { rotate, keys, store, screen, audit, ring: () => readRing(store.text, store.now) };
}

const opens = (ring: InvitationRing, { token, kept }: ReturnType<typeof newToken>, id: string) =>
  isTokenOf({ id, secrets: [kept] }, readToken(token) ?? { id: '', secret: '' }, ring);

test('an invitation that was sent before a rotation is redeemed after it, up to its last day', async () => {
  const { rotate, store, ring } = setUp();
  // The API takes two hours more than 30 days, as clocks differ.
  const lastMs = 30 * DAY_MS + 2 * 60 * MINUTE_MS;
  const expiresAt = new Date(SENT_AT + lastMs).toISOString();
  const [first, last] = [otherId('a'), otherId('b')];
  const pages = thePages({ id: first, expiresAt }, { id: last, expiresAt });
  Object.assign(pages.world, { ring, session: ADA });
  const underWay = new TestVisitor(pages);
  await underWay.open(pages.tokenOf(first));
  await rotate();
  await underWay.press('accept');
  expect(pages.rows.get(first)).toMatchObject({ state: 'redeemed', redeemedBy: 'ref-of-auth0|ada' });

  store.now = SENT_AT + lastMs - MINUTE_MS;
  pages.world.now = store.now;
  await expect(rotate({ finish: true })).rejects.toMatchObject({ code: 'links-open', exitCode: 1 });
  const late = new TestVisitor(pages);
  await late.open(pages.tokenOf(last));
  await late.press('accept');
  expect(pages.rows.get(last)?.state).toBe('redeemed');
});

test('no function meets a link that was made with a key which it does not know yet', async () => {
  const { rotate, store } = setUp();
  const id = otherId('c');
  const before = store.text;
  await rotate();
  const made = new Set<string>();
  for (let minute = 0; minute <= 20; minute += 1) {
    const now = SENT_AT + minute * MINUTE_MS;
    // What it read five minutes ago is what it knows.
    const known = readRing(minute < 5 ? before : store.text, now);
    const sent = newToken(id, readRing(store.text, now));
    made.add(sent.kept.keyVersion);
    expect(opens(known, sent, id)).toBe(true);
  }
  expect(made.size).toBe(2);
});

test('the old key goes once no invitation can be open that needs it', async () => {
  const { rotate, store, keys, audit } = setUp();
  await rotate();
  store.now += 31 * DAY_MS + 10 * MINUTE_MS;
  expect((await rotate({ finish: true })).json).toEqual({ keys: 1, ended: 1 });
  expect(store.text).not.toContain(SECRET_TEXT);
  expect(keys()).toHaveLength(1);
  await expect(rotate({ finish: true })).rejects.toMatchObject({ code: 'nothing-to-finish', exitCode: 1 });
  expect(audit.acts).toEqual([
    {
      ...{ act: 'rotate invitation-secret', subject: 'InvitationSecret', outcome: 'done' },
      counts: { created: 1, dropped: 0 },
    },
    {
      ...{ act: 'rotate invitation-secret --finish', subject: 'InvitationSecret', outcome: 'done' },
      counts: { ended: 1 },
    },
  ]);
});

test('rotations may follow each other, and each takes out what is over', async () => {
  const { rotate, store, keys } = setUp();
  await rotate();
  await expect(rotate()).rejects.toMatchObject({ code: 'rotation-pending', exitCode: 1 });
  store.now += 7 * DAY_MS;
  await rotate();
  expect(keys()).toHaveLength(3);
  store.now += 25 * DAY_MS;
  expect((await rotate()).json).toEqual({ keys: 3, created: 1, dropped: 1 });
  expect(store.text).not.toContain(SECRET_TEXT);
});

test('a key that is known to somebody else goes at once with --yes, and the links that need it die', async () => {
  const { rotate, store, ring, screen } = setUp();
  const id = otherId('d');
  const sent = newToken(id, ring());
  await rotate();
  await expect(rotate({ finish: true, yes: true })).rejects.toMatchObject({ code: 'rotation-pending' });
  store.now += 10 * MINUTE_MS;
  expect(opens(ring(), sent, id)).toBe(true);
  await rotate({ finish: true, yes: true });
  expect(opens(ring(), sent, id)).toBe(false);
  expect(opens(ring(), newToken(id, ring()), id)).toBe(true);
  expect(screen.text()).toContain('Within five minutes the links are dead');
});

test('shows no key, and fails where the newest cannot be told or nobody is invited', async () => {
  const { rotate, store, screen, keys } = setUp();
  await rotate();
  for (const { secret } of keys()) expect(screen.text()).not.toContain(secret);
  store.text = JSON.stringify({ keys: keys().map(({ secret }) => ({ secret })) });
  await expect(rotate()).rejects.toMatchObject({ code: 'keys-alike' });
  await expect(setUp({}).rotate()).rejects.toMatchObject({ code: 'no-invitations' });
});
