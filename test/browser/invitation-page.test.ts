import type { BrowserContextOptions } from 'playwright-core';
import type { InvitationView } from '../../invitation-page/invitation-view';
import { waitFor } from '../helpers/wait-for';
import { anAcceptView, aRedeemedView, EVERY_VIEW } from '../invitation-page/helpers/an-invitation-view';
import { violations } from './helpers/axe';
import { TestBrowser } from './helpers/browser';
import { StandInInvitation } from './helpers/stand-in-invitation';

const tests = new TestBrowser();
const BRAND = { name: 'Acme', colors: { accent: '#ffe600' } };

const started: StandInInvitation[] = [];
afterEach(async () => {
  for (const standIn of started.splice(0)) await standIn.close();
});

/** A page whose addresses are those of its stand-in. */
async function serve(view: InvitationView): Promise<StandInInvitation> {
  const standIn = await StandInInvitation.start(({ url }) => ({
    ...view,
    ...('form' in view && { form: { ...view.form, action: `${url}/confirm` } }),
    ...('destination' in view && { destination: { label: 'Acme Shop', url: `${url}/shop` } }),
    ...('progressUrl' in view && { progressUrl: `${url}/progress` }),
    ...('url' in view && { url: `${url}/shop` }),
  }));
  started.push(standIn);
  return standIn;
}

// What goes on by itself is gone before it can be looked at.
const STAYING = Object.entries(EVERY_VIEW).filter(([kind]) => kind !== 'leaving' && kind !== 'arrived');
const LOOKS: [string, BrowserContextOptions][] = [
  ['in the light', {}],
  ['in the dark, on a narrow phone', { colorScheme: 'dark', viewport: { width: 320, height: 568 } }],
];

test.each(LOOKS)('axe finds nothing to complain about on any page %s, and each fits', async (_, options) => {
  const context = await tests.context({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const [kind, view] of STAYING) {
    const standIn = await serve({ ...view, language: 'de', brand: BRAND });
    await page.goto(standIn.url);
    expect([kind, await violations(page)]).toEqual([kind, []]);
    const { width = 0 } = page.viewportSize() ?? {};
    expect([kind, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([kind, width]);
  }
});

test('is used with the keyboard only, and says who is signed in', async () => {
  const standIn = await serve(anAcceptView());
  const { page, watched } = await tests.open(standIn.url);
  await page.getByText('Signed in as').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Accept with this account');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await waitFor('a form', async () => standIn.sent.length > 0);
  expect(Object.fromEntries(standIn.sent[0] ?? [])).toEqual({
    ...{ flow: 'flow-1', proof: 'proof-1', choice: 'other' },
  });
  expect(watched).toEqual({ foreign: [], errors: [] });
});

test.each(['leaving', 'arrived'] as const)('goes on from %s by itself, without a script', async (kind) => {
  const standIn = await serve(EVERY_VIEW[kind]);
  const { page } = await tests.open(standIn.url, { javaScriptEnabled: false }, 'commit');
  await page.waitForURL(`${standIn.url}/shop`);
});

describe('whoever accepted', () => {
  test('goes on the moment that it is there', async () => {
    const standIn = await serve(aRedeemedView({ leftMs: 60_000 }));
    const { page, watched } = await tests.open(standIn.url);
    await page.getByRole('heading', { name: 'Welcome!' }).waitFor();
    standIn.standing = 'ready';
    await page.waitForURL(`${standIn.url}/shop`);
    expect(watched).toEqual({ foreign: [], errors: [] });
    // The page that waited is in no history.
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  test('goes on at the deadline though nobody answers, and is told that nobody does', async () => {
    const standIn = await serve(aRedeemedView({ leftMs: 3_500 }));
    const { page } = await tests.open(standIn.url);
    standIn.standing = 'down';
    await page.getByText('The connection is interrupted.').waitFor({ state: 'attached' });
    await page.waitForURL(`${standIn.url}/shop`);
  });

  test('stands still where no motion is wanted', async () => {
    const standIn = await serve(aRedeemedView({ leftMs: 60_000 }));
    const { page } = await tests.open(standIn.url, { reducedMotion: 'reduce' });
    const moves = `getComputedStyle(document.getElementById('mark'), ':after').animationName`;
    expect(await page.evaluate(moves)).toBe('none');
  });
});
