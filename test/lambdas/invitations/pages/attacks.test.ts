import { HANDLE_SECONDS } from '../../../../events/invitations/handle';
import { newHandle } from '../../../../lambdas/invitations/token/handle';
import { ID, NOW, RING } from '../helpers/invitations';
import { ADA, EVE, otherId, SETTINGS, TestVisitor, thePages } from './helpers/a-visit';

async function visit(pages = thePages(), id = ID) {
  const visitor = new TestVisitor(pages);
  await visitor.open(pages.tokenOf(id));
  return visitor;
}

const flowOf = (visitor: TestVisitor) => new URL(visitor.bar).searchParams.get('flow') ?? '';

describe('nobody accepts for somebody else', () => {
  test('by a form of another site, which has the address of the page at most', async () => {
    const pages = thePages();
    pages.world.session = ADA;
    const visitor = await visit(pages);
    const form = { flow: flowOf(visitor), choice: 'accept' };
    for (const proof of ['', 'A'.repeat(22)]) {
      await visitor.send(new URLSearchParams({ ...form, proof }));
      expect([visitor.status, visitor.heading]).toEqual([400, 'This page is over']);
    }
    expect(visitor.authorized.get('prompt')).toBe('none');
    expect(pages.only().state).toBe('open');
  });

  test('in another browser, which does not have the session', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    const thief = new TestVisitor(pages);
    await thief.go(visitor.bar);
    expect([thief.status, thief.heading]).toEqual([400, 'This page is over']);
  });

  test('by an answer of the tenant to a login of their own', async () => {
    const pages = thePages();
    const [victim, attacker] = [await visit(pages), await visit(pages)];
    attacker.isStopped = true;
    await attacker.press('accept', EVE);
    const answer = new URL(attacker.logIn(attacker.authorized));
    await victim.go(answer.href);
    expect(victim.heading).toBe('This page is over');
    // With the state of a login of the victim's, which nobody but the tenant was told.
    answer.searchParams.set('state', `${flowOf(await visit(pages))}.${'A'.repeat(43)}`);
    await victim.go(answer.href);
    expect(pages.only().state).toBe('open');
  });

  test('by an answer to the look, which redeems nothing', async () => {
    const pages = thePages();
    pages.world.session = ADA;
    const visitor = await visit(pages);
    await visitor.go(visitor.places.findLast((place) => place.includes('/callback')) ?? '');
    expect(pages.only().state).toBe('open');
  });

  test.each([
    ['of another login', { nonce: 'another' }],
    ['of another application', { aud: 'shop' }],
    ['of another tenant', { iss: 'https://evil.eu.auth0.com/' }],
    ['that is too old', { exp: NOW / 1_000 - 120 }],
  ])('by a token %s', async (_, forged) => {
    const pages = thePages();
    const visitor = await visit(pages);
    pages.world.forged = forged;
    await visitor.press('accept', ADA);
    expect([visitor.status, visitor.heading]).toEqual([503, 'This cannot be done just now']);
    expect(pages.only().state).toBe('open');
  });
});

test('two links in two tabs of one browser do not mix', async () => {
  const second = otherId('B');
  const pages = thePages({ application: 'shop' }, { id: second, application: 'admin' });
  const visitor = await visit(pages);
  const first = visitor.bar;
  await visitor.open(pages.tokenOf(second));
  expect(visitor.heading).toBe('Your invitation to Admin');
  await visitor.go(first);
  expect(visitor.heading).toBe('Your invitation to Acme Shop');
  await visitor.press('accept', ADA);
  expect([pages.rows.get(ID)?.state, pages.rows.get(second)?.state]).toEqual(['redeemed', 'open']);
});

test('a browser that opens many links keeps the newest, and its cookies stay small', async () => {
  const pages = thePages();
  const visitor = await visit(pages);
  const first = visitor.bar;
  for (let link = 0; link < 6; link += 1) {
    pages.world.now += 1_000;
    await visitor.open(pages.tokenOf());
  }
  expect(visitor.cookies).toHaveLength(4);
  expect(visitor.cookies.join('; ').length).toBeLessThan(5_000);
  expect(visitor.heading).toBe('Your invitation to Acme Shop');
  await visitor.go(first);
  expect(visitor.heading).toBe('This page is over');
});

test('a session is over after a quarter of an hour, sealed, and sent where it belongs alone', async () => {
  const pages = thePages();
  pages.world.session = ADA;
  const visitor = await visit(pages);
  expect(visitor.cookies.join()).toMatch(/^__Host-invitation-[\w-]{22}=[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(Buffer.from(visitor.cookies.join(), 'base64url').toString()).not.toContain('ada@');
  const { cookies = [] } = await pages.handle({
    ...{ routeKey: 'GET /', headers: {}, isBase64Encoded: false, requestContext: {} as never },
    queryStringParameters: { invitation: pages.tokenOf() },
  });
  expect(cookies.join()).toMatch(/; Max-Age=900; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  pages.world.now += 16 * 60_000;
  await visitor.go(visitor.bar);
  expect(visitor.heading).toBe('This page is over');
});

test('of two devices at once exactly one wins', async () => {
  const pages = thePages();
  const [one, other] = [await visit(pages), await visit(pages)];
  await Promise.all([one.press('accept', ADA), other.press('accept', ADA)]);
  expect(pages.only().state).toBe('redeemed');
  // The same person on both.
  expect([one.heading, other.heading]).toEqual(Array(2).fill('Welcome! We are getting things ready'));
});

test('no form is answered with a redirect, which the policy of its page would hold up', async () => {
  const pages = thePages();
  const visitor = await visit(pages);
  pages.rows.set(ID, { ...pages.only(), state: 'redeemed', redeemedBy: 'ref' });
  // Its browser throws where it is led on.
  await visitor.press('accept');
  expect(visitor.heading).toBe('This invitation was used already');
});

test('nothing that somebody sends leads anywhere but to a configured application', async () => {
  const pages = thePages();
  const visitor = await visit(pages);
  await visitor.go(`${visitor.bar}&loginUri=https://evil.example/&returnTo=https://evil.example/`);
  await visitor.press('accept', ADA);
  pages.world.now += SETTINGS.deadlineMs;
  await visitor.go(visitor.bar);
  const origins = new Set(visitor.places.map((place) => new URL(place).origin));
  expect([...origins].toSorted()).toEqual([
    ...['https://invitations.example.com', 'https://login.acme.com', 'https://shop.acme.com'],
  ]);
});

test('whatever fails is a page that says so, and leads on', async () => {
  const pages = thePages();
  pages.state.failing = true;
  const visitor = await visit(pages);
  expect([visitor.status, visitor.heading]).toEqual([503, 'This cannot be done just now']);
  // The same address once more.
  expect(visitor.page).toContain('<a id="go" href="">Try again</a>');
  expect(pages.world.lines.join()).not.toContain(pages.tokenOf().split('.')[1]);
});

describe('what the Action redeems', () => {
  const user = {
    ...{ user_id: 'auth0|ada', email: 'ada@example.com', email_verified: true },
    created_at: '2026-01-01T00:00:00.000Z',
  };
  const connection = { name: 'Username-Password-Authentication', strategy: 'auth0' };
  const handleOf = (pages: ReturnType<typeof thePages>, as?: string) =>
    newHandle(pages.only(), RING, NOW, as);
  const outcomeOf = ({ body = '{}' }: { body?: string | undefined }) => JSON.parse(body) as unknown;

  test('is what its handle says, and again', async () => {
    const pages = thePages({ bind: 'verified-email' });
    const said = { handle: handleOf(pages), seenAt: NOW, user, connection };
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
    const eve = { ...said, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-used' });
  });

  test('is nothing when somebody else logs in than who said yes', async () => {
    const pages = thePages();
    const handle = handleOf(pages, 'ref-of-auth0|ada');
    const eve = { handle, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-unknown' });
    expect(pages.only().state).toBe('open');
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'redeemed' });
  });

  test('is what a login brought in time, however late the Action says so', async () => {
    const pages = thePages();
    const handle = handleOf(pages);
    pages.world.now += (HANDLE_SECONDS + 60) * 1_000;
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'invitation-unknown' });
    expect(outcomeOf(await pages.post({ handle, user, seenAt: NOW + 10_000 }))).toEqual({
      outcome: 'redeemed',
    });
  });

  test.each([
    ['changed', (handle: string) => handle.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))],
    ['made good for longer', (handle: string) => handle.replace(/\.(\d+)\./, `.${NOW / 1_000 + 600}.`)],
    ['of a token', (_: string, token: string) => token],
  ])('is nothing with a handle that is %s', async (_, change) => {
    const pages = thePages();
    const handle = change(handleOf(pages), pages.tokenOf());
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'invitation-unknown' });
    expect(pages.only().state).toBe('open');
  });

  test('is the invitation that a user was made for, and no other one', async () => {
    const pages = thePages({ precreated: 'auth0|ada', mode: 'precreate' });
    const eve = { invitation: ID, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-unknown' });
    expect(outcomeOf(await pages.post({ invitation: ID, user }))).toEqual({ outcome: 'redeemed' });
    const other = thePages();
    expect(outcomeOf(await other.post({ invitation: ID, user }))).toEqual({ outcome: 'invitation-unknown' });
  });

  test('is nothing without the signature of the Action', async () => {
    const pages = thePages();
    const forged = `whsec_${Buffer.alloc(33, 9).toString('base64')}`;
    const { statusCode } = await pages.post({ handle: handleOf(pages), user }, forged);
    expect(statusCode).toBe(401);
    expect(pages.only().state).toBe('open');
  });

  test.each([
    ['nobody', {}],
    ['nobody of a life', { user: { user_id: 'auth0|ada' } }],
    ['somebody without an id', { user: { ...user, user_id: '' } }],
  ])('rejects a body that names %s', async (_, said) => {
    const pages = thePages();
    const { statusCode } = await pages.post({ handle: handleOf(pages), ...said });
    expect(statusCode).toBe(400);
  });

  test('fails as something that may be tried again while the table is down', async () => {
    const pages = thePages();
    const handle = handleOf(pages);
    pages.state.failing = true;
    const answer = await pages.post({ handle, user });
    expect([answer.statusCode, answer.body]).toEqual([503, '{"code":"unavailable"}']);
  });
});
