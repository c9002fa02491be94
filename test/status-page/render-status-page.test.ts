import { LANGUAGES } from '../../status-page/layout/language';
import { renderStatusPage } from '../../status-page/render-status-page';
import { statusPageCsp, statusPageHeaders } from '../../status-page/status-page-headers';
import type { StatusView } from '../../status-page/status-view';
import { contentsOf, hashOf } from '../helpers/rendered-page';
import { aSnapshot, aSystem, aView } from './helpers/a-view';

const LARGEST_LOGO = `data:image/svg+xml;base64,${Buffer.alloc(8_000, 'x').toString('base64')}`;
const LARGEST_BRAND = {
  name: 'N'.repeat(60),
  logo: LARGEST_LOGO,
  colors: { accent: '#ffe600', accentDark: '#ffe600' },
};
const DEAD_ENDS = ['expired', 'forged', 'unavailable'] as const;

const deadEnd = (kind: (typeof DEAD_ENDS)[number], app?: string): StatusView => ({
  kind,
  language: 'en',
  brand: {},
  app,
});

const styleOf = (page: string) => contentsOf(page, /<style>([\s\S]*?)<\/style>/g);
const scriptsOf = (page: string) => contentsOf(page, /<script>([\s\S]*?)<\/script>/g);

describe('the page on which a person waits', () => {
  test.each(LANGUAGES)('is below 30 kB in %s with the largest logo and ten systems', (language) => {
    const systems = Array.from({ length: 10 }, (_, index) =>
      aSystem({ name: `system-number-${index}`, label: 'L'.repeat(40) }),
    );
    const [sessionToken, returnToken, ticket] = ['s'.repeat(700), 'r'.repeat(700), 't'.repeat(250)];
    const snapshot = aSnapshot({ systems, returnToken, ticket });
    const page = renderStatusPage(aView({ language, brand: LARGEST_BRAND, sessionToken, snapshot }));
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  });

  test('has a policy that allows its very style and script and nothing else', () => {
    const view = aView({ brand: LARGEST_BRAND });
    const page = renderStatusPage(view);
    expect(styleOf(page)).toHaveLength(1);
    expect(scriptsOf(page)).toHaveLength(1);
    expect(statusPageCsp(view).split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(styleOf(page)[0] ?? '')}`,
      `script-src ${hashOf(scriptsOf(page)[0] ?? '')}`,
      'img-src data:',
      'connect-src https://status.example.com wss://socket.example.com',
      'form-action https://login.acme.com https://app.acme.com',
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  test('lets a form lead to an app on a phone by its scheme', () => {
    expect(statusPageCsp(aView({ app: 'com.acme.app:' }))).toContain(
      'form-action https://login.acme.com com.acme.app:;',
    );
  });

  test.each([
    'https://a.example;script-src *',
    "https://a.example 'unsafe-inline'",
    'https:',
    'javascript:',
    'data:',
    ' *',
  ])('rejects %p as an address of its policy', (app) => {
    expect(statusPageCsp(aView({ app }))).toContain('form-action https://login.acme.com;');
    expect(statusPageCsp(aView({ app }))).not.toMatch(/unsafe|\*/);
  });

  test('is kept by nobody and tells nobody its address', () => {
    expect(statusPageHeaders(aView())).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  test('has no style attribute, no handler and no address but the form and the way back', () => {
    const page = renderStatusPage(aView({ brand: LARGEST_BRAND }));
    const markup = page.replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/\s(style|on\w+)=/i);
    const addresses = contentsOf(markup, /(?:src|href|action)="([^"]*)"/g);
    expect(addresses.filter((address) => !address.startsWith('data:'))).toEqual([
      'https://login.acme.com/continue?state=st%26te',
      'https://app.acme.com',
    ]);
    expect(page).not.toMatch(/\beval\(|new Function|@import|url\((?!#)/);
  });

  test('shows whatever a label, a name or a token holds as text', () => {
    const hostile = `"><script>alert(1)</script>'&`;
    const snapshot = aSnapshot({
      systems: [aSystem({ name: hostile, label: hostile })],
      returnToken: hostile,
    });
    const page = renderStatusPage(
      aView({
        ...{ snapshot, sessionToken: hostile, state: hostile },
        brand: { name: hostile, logo: hostile },
      }),
    );
    expect(page).not.toContain('<script>alert');
    expect(scriptsOf(page)).toHaveLength(1);
    expect(page).not.toContain('<img');
    const [data = ''] = contentsOf(page, /<script type="application\/json" id="data">([\s\S]*?)<\/script>/g);
    expect(JSON.parse(data)).toMatchObject({
      snapshot: { ticket: 'ticket.1' },
      sessionToken: hostile,
      state: hostile,
    });
  });

  test('has its form, its button and its newest token without any script', () => {
    const page = renderStatusPage(aView());
    expect(page).toContain(
      '<form id="form" method="post" action="https://login.acme.com/continue?state=st%26te">',
    );
    expect(page).toContain('type="hidden" name="punctual_token" value="return.token.1"');
    expect(page).toContain('<button id="button">Continue without waiting</button>');
  });

  test('is loaded again by a browser without script while it waits, and seldom once it can go on', () => {
    expect(renderStatusPage(aView())).toContain(
      '<noscript><meta http-equiv="refresh" content="2"></noscript>',
    );
    const ended = renderStatusPage(aView({ snapshot: aSnapshot({ end: 'deadline' }) }));
    expect(ended).toContain('<noscript><meta http-equiv="refresh" content="45"></noscript>');
  });

  test.each([
    ['settled', 'continue', 'Everything is ready', 'Continue'],
    ['deadline', 'continue', 'You can continue', 'Continue'],
    ['failed', 'continue', 'Not everything could be finished', 'Continue'],
    ['failed', 'stop', 'We cannot sign you in just now', 'End sign-in'],
  ] as const)('says of %s with %s that: %s', (end, onFailed, heading, button) => {
    const page = renderStatusPage(aView({ snapshot: aSnapshot({ end }), onFailed }));
    expect(page).toContain(`<h1 id="heading">${heading}</h1>`);
    expect(page).toContain(`<button id="button">${button}</button>`);
  });

  test('counts what is waited for and shows the rest without counting it', () => {
    const systems = [
      aSystem({ standing: 'ready' }),
      aSystem({ name: 'b', label: 'Billing' }),
      aSystem({ name: 'c', label: 'Chat', required: false }),
      aSystem({ name: 'd', label: 'Desk', standing: 'not-needed' }),
    ];
    const page = renderStatusPage(aView({ snapshot: aSnapshot({ systems }) }));
    expect(page).toContain('1 of 2 ready');
    expect(page).toContain('<span>Chat</span> <em>follows later</em>');
    expect(page).toMatch(/data-system="d" data-standing="not-needed" hidden/);
  });

  test.each(LANGUAGES)('says that it is written in %s', (language) => {
    const view = aView({ language });
    expect(renderStatusPage(view)).toContain(`<html lang="${language}" dir="ltr">`);
    expect(statusPageHeaders(view)['content-language']).toBe(language);
  });
});

describe('a page with nothing to wait for', () => {
  test.each(DEAD_ENDS)('%s says so and leads back to the application, without a script or a form', (kind) => {
    const view = deadEnd(kind, 'https://app.acme.com');
    const page = renderStatusPage(view);
    expect(page).toContain('<a id="back" href="https://app.acme.com">Back to the application</a>');
    expect(page).not.toMatch(/<script|<form|http-equiv/);
    const policy = statusPageCsp(view);
    expect(policy).not.toContain('script-src');
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain(`style-src ${hashOf(styleOf(page)[0] ?? '')}`);
  });

  test.each([undefined, 'com.acme.app:', 'javascript:alert(1)'])('offers no way back to %p', (app) => {
    expect(renderStatusPage(deadEnd('expired', app))).not.toContain('<a ');
  });
});
