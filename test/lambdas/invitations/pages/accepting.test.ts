import { MISSES_WINDOW_MS, MOST_MISSES } from '../../../../lambdas/invitations/check-token';
import { NOW } from '../helpers/invitations';
import { ADA, aGrant, EVE, otherId, SETTINGS, TestVisitor, thePages } from './helpers/a-visit';

const SHOP = 'https://shop.acme.com/login?from=mail&iss=https%3A%2F%2Flogin.acme.com%2F';
const REDEEMED = { state: 'redeemed', redeemedBy: 'ref-of-auth0|ada' };

async function visit(pages = thePages(), token = pages.tokenOf()) {
  const visitor = new TestVisitor(pages);
  await visitor.open(token);
  return visitor;
}

describe('the link of a mail', () => {
  test('leads to a page at an address without its token, and redeems nothing', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    expect(visitor.heading).toBe('Your invitation to Acme Shop');
    expect(visitor.bar).toMatch(/^https:\/\/invitations\.example\.com\/accept\?flow=[\w-]{22}$/);
    const secret = pages.tokenOf().split('.')[1] ?? '';
    for (const place of visitor.places.slice(1)) expect(place).not.toContain(secret);
    expect(visitor.cookies.join()).not.toContain(secret);
    expect(pages.world.lines.join()).not.toContain(secret);
    expect(pages.only().state).toBe('open');
    expect(pages.state.writes).toBe(0);
  });

  test('looks who is signed in once, without asking anybody, and shows who it is', async () => {
    const pages = thePages();
    pages.world.session = EVE;
    const visitor = await visit(pages);
    expect(visitor.page).toContain('eve@example.net');
    expect(visitor.authorized.get('prompt')).toBe('none');
    expect(visitor.authorized.has('ext-invitation')).toBe(false);
    const before = visitor.places.length;
    await visitor.go(visitor.bar);
    expect(visitor.places.length).toBe(before + 1);
    expect(pages.only().state).toBe('open');
  });

  test('shows its page also while the tenant cannot say who is signed in', async () => {
    const pages = thePages();
    pages.world.session = ADA;
    pages.world.isTenantDown = true;
    const visitor = await visit(pages);
    expect(visitor.heading).toBe('Your invitation to Acme Shop');
    expect(visitor.page).toContain('Accept and sign in');
  });

  test.each([
    ['expired', { expiresAt: new Date(NOW).toISOString() }, 410, 'This invitation has expired'],
    ['revoked', { state: 'revoked' }, 410, 'This invitation was withdrawn'],
    ['used', { state: 'redeemed', redeemedBy: 'ref' }, 410, 'This invitation was used already'],
    ['of an application that is gone', { application: 'old' }, 410, 'This invitation leads nowhere any more'],
  ] as const)('that is %s says so, and nothing of what it held', async (_, given, status, heading) => {
    const visitor = await visit(thePages({ roles: ['editor'], data: { funnelId: 'f-81' }, ...given }));
    expect([visitor.status, visitor.heading]).toEqual([status, heading]);
    expect(visitor.page).not.toMatch(/ada@example|editor|f-81/);
    expect(visitor.cookies).toEqual([]);
    // The next step.
    expect(visitor.page).toContain('id="go"');
  });

  test.each([
    [{ state: 'revoked' }, 'admin', 'https://admin.acme.com/login?'],
    [{ state: 'revoked' }, 'old', 'https://shop.acme.com/login?'],
  ] as const)('that is %j leads from there to its application %s at %s', async (given, application, to) => {
    const pages = thePages({ ...given, application });
    expect((await visit(pages)).page).toContain(`<a id="go" href="${to}`);
    const later = thePages({ application: 'admin' });
    const visitor = await visit(later);
    later.rows.set(later.only().id, { ...later.only(), state: 'revoked' });
    await visitor.go(visitor.bar);
    expect(visitor.page).toContain('<a id="go" href="https://admin.acme.com/login?');
  });

  test('that was guessed at too often is to be tried again, at the same address', async () => {
    const pages = thePages();
    for (let guesses = 0; guesses < MOST_MISSES; guesses += 1)
      await visit(pages, `${pages.only().id}.${'x'.repeat(43)}`);
    const visitor = await visit(pages);
    expect([visitor.status, visitor.heading]).toEqual([503, 'This cannot be done just now']);
    expect(visitor.page).toMatch(/<a id="go" href="">/);
    pages.world.now += MISSES_WINDOW_MS;
    await visitor.go(visitor.bar);
    expect(visitor.heading).toBe('Your invitation to Acme Shop');
  });

  const changed: [string, (token: string) => string][] = [
    ['cut short', (token) => token.slice(0, -1)],
    ['of another invitation', (token) => `${otherId('Z')}.${token.split('.')[1]}`],
    ['with another secret', (token) => `${token.split('.')[0]}.${'A'.repeat(43)}`],
    ['empty', () => ''],
    ['something else', () => '<script>'],
  ];
  test.each(changed)('rejects a token that is %s, without saying what there is', async (_, change) => {
    const pages = thePages();
    const visitor = await visit(pages, change(pages.tokenOf()));
    expect([visitor.status, visitor.heading]).toEqual([404, 'This link does not work']);
    expect(visitor.page).not.toMatch(/ada@example|<script>/);
  });

  test('rejects the token of a mail that a newer one has replaced, also where it was opened before', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    const row = pages.only();
    pages.rows.set(row.id, { ...row, sending: 2, secrets: [] });
    await visitor.press('accept', ADA);
    expect(visitor.heading).toBe('This link does not work');
    expect((await visit(pages)).heading).toBe('This link does not work');
  });

  test('speaks the language of the invitation', async () => {
    expect((await visit(thePages({ language: 'de' }))).heading).toBe('Ihre Einladung zu Acme Shop');
  });
});

describe('whoever says yes', () => {
  test('signs in with a handle, redeems after it, waits for what it brings and lands in the application', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    await visitor.press('accept', ADA);
    expect(visitor.authorized.get('ext-invitation')).toMatch(/^[\w-]{22}\.\d+\.\d+\.[\w-]{43}$/);
    expect(Object.fromEntries(visitor.authorized)).toMatchObject({
      ...{
        response_type: 'code',
        code_challenge_method: 'S256',
        ui_locales: 'en',
        audience: SETTINGS.audience,
      },
      redirect_uri: 'https://invitations.example.com/callback',
    });
    // Whoever holds the link may be somebody else.
    expect(visitor.authorized.has('login_hint')).toBe(false);
    expect(visitor.heading).toBe('Welcome! We are getting things ready');
    expect(visitor.bar).toMatch(/\/progress\?flow=/);
    expect(pages.only()).toMatchObject(REDEEMED);
    expect(pages.world.events).toHaveLength(1);
    pages.world.links = [aGrant({ updatedAt: new Date(NOW + 10).toISOString() })];
    await visitor.go(visitor.bar);
    expect(visitor.bar).toBe(SHOP);
    expect(pages.world.lines.join()).not.toMatch(/ada|auth0\|/);
  });

  test('proves to the tenant that it is the same browser and the same application', async () => {
    const pages = thePages();
    await (await visit(pages)).press('accept', ADA);
    const form = new URLSearchParams(pages.world.asked.at(-1)?.body);
    expect(form.get('client_secret')).toBe('client-secret');
    expect(form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
  });

  test('comes back as the same as whom they said it, or is asked again', async () => {
    const pages = thePages();
    pages.world.session = ADA;
    const visitor = await visit(pages);
    await visitor.press('accept', EVE);
    expect(pages.only().state).toBe('open');
    expect(visitor.page).toContain('eve@example.net');
    expect(visitor.page).toContain('Accept with this account');
    await visitor.press('accept');
    expect(pages.only().redeemedBy).toBe('ref-of-google-oauth2|eve');
  });

  test('with another account is asked to sign in anew', async () => {
    const pages = thePages();
    pages.world.session = EVE;
    const visitor = await visit(pages);
    await visitor.press('other', ADA);
    expect(visitor.authorized.get('prompt')).toBe('login');
    expect(visitor.authorized.has('login_hint')).toBe(false);
    expect(pages.only()).toMatchObject(REDEEMED);
  });

  test('with an account that it is not for can choose another one, and nothing is used up', async () => {
    const pages = thePages({ bind: 'verified-email', roles: ['editor'] });
    pages.world.session = EVE;
    const visitor = await visit(pages);
    await visitor.press('accept');
    expect(visitor.heading).toBe('This invitation is for another account');
    expect(visitor.page).toMatch(/eve@example\.net[\s\S]*Use another account/);
    expect(pages.only().state).toBe('open');
    await visitor.press('other', ADA);
    expect(visitor.authorized.get('login_hint')).toBe('ada@example.com');
    expect(pages.only()).toMatchObject(REDEEMED);
  });

  test('with an address that nobody has confirmed is told so, and can try again', async () => {
    const pages = thePages({ bind: 'verified-email' });
    const visitor = await visit(pages);
    await visitor.press('accept', { ...ADA, email_verified: false });
    expect(visitor.heading).toBe('Please confirm your e-mail address first');
    expect(pages.only().state).toBe('open');
    await visitor.press('accept', ADA);
    expect(pages.only()).toMatchObject(REDEEMED);
  });

  test('rejects the address that a stranger registered at a connection of theirs', async () => {
    const pages = thePages({ bind: 'verified-email' });
    const visitor = await visit(pages);
    await visitor.press('accept', { ...ADA, sub: 'google-oauth2|mallory' });
    expect(visitor.heading).toBe('Please confirm your e-mail address first');
    expect(pages.only().state).toBe('open');
  });

  test('and does not finish signing in can try again', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    await visitor.press('accept');
    expect(visitor.page).toContain('You did not finish signing in.');
    await visitor.press('accept', ADA);
    expect(pages.only()).toMatchObject(REDEEMED);
  });
});

describe('waiting', () => {
  async function redeemed() {
    const pages = thePages();
    const visitor = await visit(pages);
    await visitor.press('accept', ADA);
    return { pages, visitor };
  }

  test('ends at the deadline, whatever became of it', async () => {
    const { pages, visitor } = await redeemed();
    pages.world.now += SETTINGS.deadlineMs;
    await visitor.go(visitor.bar);
    expect(visitor.bar).toBe(SHOP);
  });

  test('does not end with what an earlier invitation brought', async () => {
    const { pages, visitor } = await redeemed();
    pages.world.links = [aGrant({ updatedAt: new Date(NOW - 1).toISOString() })];
    await visitor.go(visitor.bar);
    expect(visitor.heading).toBe('Welcome! We are getting things ready');
  });

  test('ends with a page that says so when it cannot be given', async () => {
    const { pages, visitor } = await redeemed();
    pages.world.links = [aGrant({ state: 'rejected' })];
    await visitor.go(visitor.bar);
    expect(visitor.page).toContain('Not everything could be finished.');
    expect(visitor.page).toContain('<a id="go" href="https://shop.acme.com/login?');
  });

  test('answers a script in one word', async () => {
    const { pages, visitor } = await redeemed();
    const ask = () =>
      pages.handle({
        ...{ routeKey: 'GET /progress', headers: { accept: 'application/json' }, isBase64Encoded: false },
        queryStringParameters: { flow: new URL(visitor.bar).searchParams.get('flow') ?? '' },
        cookies: visitor.cookies,
        requestContext: { requestId: 'request-2' } as never,
      });
    expect((await ask()).body).toBe('{"standing":"waiting"}');
    pages.world.links = [aGrant({})];
    expect((await ask()).body).toBe('{"standing":"ready"}');
  });
});

describe('whoever accepted already', () => {
  test('and opens their page again goes on, and what it brings is told again', async () => {
    const pages = thePages();
    const visitor = await visit(pages);
    pages.world.isTopicDown = true;
    await visitor.press('accept', ADA);
    expect([visitor.status, visitor.heading]).toEqual([503, 'This cannot be done just now']);
    expect(pages.only()).toMatchObject(REDEEMED);
    pages.world.isTopicDown = false;
    // `Try again`: the answer was lost, and with it what the session would know.
    await visitor.go(/id="go" href="([^"]+)"/.exec(visitor.page)?.[1] ?? '');
    expect(visitor.heading).toBe('Welcome! We are getting things ready');
    expect(pages.world.events).toHaveLength(1);
  });

  test('as who they were signed in as, the same', async () => {
    const pages = thePages();
    pages.world.session = ADA;
    const visitor = await visit(pages);
    pages.world.isTopicDown = true;
    await visitor.press('accept');
    expect(visitor.status).toBe(503);
    pages.world.isTopicDown = false;
    await visitor.go(visitor.places.findLast((place) => place.includes('/accept')) ?? '');
    expect(visitor.heading).toBe('Welcome! We are getting things ready');
    expect(pages.world.events).toHaveLength(1);
  });

  test('is told apart from somebody else, who is told that it was used', async () => {
    const pages = thePages();
    const [ada, eve] = [await visit(pages), await visit(pages)];
    await ada.press('accept', ADA);
    pages.world.session = EVE;
    await eve.press('accept');
    expect(eve.heading).toBe('This invitation was used already');
    expect(pages.only()).toMatchObject(REDEEMED);
    pages.world.session = ADA;
    await ada.go(ada.places.findLast((place) => place.includes('/accept')) ?? '');
    expect(ada.heading).toBe('Welcome! We are getting things ready');
  });

  test('in their login, by the Action, goes on also where no token says enough of them', async () => {
    const pages = thePages();
    pages.world.isSilentAction = true;
    const visitor = await visit(pages);
    const row = pages.only();
    const flow = visitor.bar;
    await visitor.press('accept', ADA);
    expect([visitor.status, visitor.heading]).toEqual([503, 'This cannot be done just now']);
    expect(pages.world.lines.join()).toContain('ClaimsMissingError');
    pages.rows.set(row.id, {
      ...row,
      ...REDEEMED,
      state: 'redeemed',
      redeemedAt: new Date(NOW).toISOString(),
    });
    await visitor.go(flow);
    expect(visitor.heading).toBe('Welcome! We are getting things ready');
  });
});
