import { invitationPageCsp, invitationPageHeaders } from '../../invitation-page/invitation-page-headers';
import type { InvitationView } from '../../invitation-page/invitation-view';
import { renderInvitationPage } from '../../invitation-page/render-invitation-page';
import { LANGUAGES } from '../../status-page/layout/language';
import { contentsOf, hashOf } from '../helpers/rendered-page';
import { anAcceptView, aRedeemedView, EVERY_VIEW } from './helpers/an-invitation-view';

const LARGEST_BRAND = {
  name: 'N'.repeat(60),
  logo: `data:image/svg+xml;base64,${Buffer.alloc(8_000, 'x').toString('base64')}`,
  colors: { accent: '#ffe600', accentDark: '#ffe600' },
};
const EVERY = Object.entries(EVERY_VIEW) as [string, InvitationView][];

const markupOf = (page: string) => page.replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '');

describe('the pages of an invitation', () => {
  test.each(EVERY)('%s is below 30 kB in every language, whatever it has to hold', (_, view) => {
    for (const language of LANGUAGES) {
      const page = renderInvitationPage({ ...view, language, brand: LARGEST_BRAND });
      expect(Buffer.byteLength(page)).toBeLessThan(30_000);
      expect(page).toContain(`<html lang="${language}"`);
    }
  });

  test.each(EVERY)('%s has a policy that allows its very style and script, and nothing else', (_, view) => {
    const page = renderInvitationPage(view);
    const [style = ''] = contentsOf(page, /<style>([\s\S]*?)<\/style>/g);
    const [script] = contentsOf(page, /<script>([\s\S]*?)<\/script>/g);
    const ours = 'https://invitations.example.com';
    expect(invitationPageCsp(view).split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(style)}`,
      ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
      'img-src data:',
      `connect-src ${script === undefined ? "'none'" : ours}`,
      `form-action ${'form' in view ? ours : "'none'"}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(markupOf(page)).not.toMatch(/\s(style|on\w+)=/i);
    expect(page).not.toMatch(/\beval\(|new Function|@import|url\((?!#)/);
  });

  test.each(EVERY)('%s is kept by nobody, framed by nobody and tells nobody its address', (_, view) => {
    expect(invitationPageHeaders(view)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
  });

  test.each(EVERY.filter(([kind]) => kind !== 'off'))('%s offers a next step', (_, view) => {
    expect(markupOf(renderInvitationPage(view))).toMatch(/<button|<a id="go"/);
  });

  test('shows whatever an address, a role, a label or a name holds as text', () => {
    const hostile = `"><script>alert(1)</script>'&{application}`;
    const destination = { label: hostile, url: hostile };
    const form = { action: hostile, flow: hostile, proof: hostile };
    const view = anAcceptView({
      ...{ person: hostile, boundTo: hostile, roles: [hostile] },
      form,
      destination,
    });
    const pages = [view, aRedeemedView({ destination, progressUrl: hostile })].map(renderInvitationPage);
    for (const page of pages) expect(page).not.toContain('<script>alert');
    expect(pages[0]).not.toContain('<script');
  });

  test('says in one sentence what happens where nobody is signed in, and offers no other account', () => {
    const page = renderInvitationPage(anAcceptView({ person: undefined, boundTo: undefined, roles: [] }));
    expect(page).toContain('Accept and sign in');
    expect(page).not.toMatch(/id="person"|value="other"|<dt>For/);
    expect(page).toContain('29 November 2026 at 05:11\u{a0}UTC');
  });

  test('goes on by itself to where somebody signs in, and to the application once all is there', () => {
    expect(renderInvitationPage(EVERY_VIEW.leaving)).toContain(
      '<meta http-equiv="refresh" content="0;url=https://login.acme.com/authorize?state=1&amp;nonce=2">',
    );
    expect(renderInvitationPage(EVERY_VIEW.arrived)).toContain(
      '<meta http-equiv="refresh" content="0;url=https://shop.acme.com/login?iss=https%3A%2F%2Flogin.acme.com%2F">',
    );
    for (const kind of ['accept', 'used', 'expired', 'failed'] as const)
      expect(renderInvitationPage(EVERY_VIEW[kind])).not.toContain('http-equiv="refresh"');
  });

  test('is asked for again by a browser without script while something is on its way', () => {
    expect(renderInvitationPage(aRedeemedView())).toContain(
      '<noscript><meta http-equiv="refresh" content="2"></noscript>',
    );
  });
});
