import { ID, NOW } from '../helpers/invitations';
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

test('a session that is used all the time is over after an hour', async () => {
  const pages = thePages();
  const visitor = await visit(pages);
  const page = visitor.bar;
  visitor.isStopped = true;
  for (let times = 0; times < 5; times += 1) {
    pages.world.now += 11 * 60_000;
    await visitor.go(page);
    await visitor.press('other');
  }
  await visitor.go(page);
  expect(visitor.heading).toBe('Your invitation to Acme Shop');
  pages.world.now += 6 * 60_000;
  await visitor.go(page);
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
