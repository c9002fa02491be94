import { dateText } from '../../invitation-mail/date-text';
import { renderMail } from '../../invitation-mail/render-mail';
import { wordsOf } from '../../invitation-mail/words/words-of';
import { LANGUAGES } from '../../status-page/layout/language';
import { aFinalizedAccount, anInvitation, aPreparedAccount } from './helpers/a-mail';

const KINDS = { anInvitation, aPreparedAccount, aFinalizedAccount };
const kinds = Object.entries(KINDS);

test.each(kinds)('%s leads to its link in both forms, and says who invites to what', (_, kind) => {
  const { subject, text, html } = renderMail(kind());
  const { link } = kind();
  expect(text.split('\n')).toContain(link);
  expect(html.split(`href="${link}"`)).toHaveLength(3);
  expect(subject).toMatch(/^Acme .+/);
  for (const part of [text, html]) expect(part).toContain('Acme Shop');
});

test.each(LANGUAGES)(
  'in %s nothing is left to fill in, and nothing is said in another language',
  (language) => {
    for (const [, kind] of kinds) {
      const { subject, text, html } = renderMail(kind({ language }));
      for (const part of [subject, text, html.replace(/<style>.*<\/style>/, '')]) {
        expect(part).not.toMatch(/\{\w*\}|undefined|NaN/);
      }
      expect(html).toContain(`<html lang="${language}"`);
      expect(text).toContain(wordsOf(language).kinds[kind().kind].unexpected);
    }
  },
);

test.each([
  ['en', 'Sunday, 29 November 2026 at 05:11'],
  ['de', 'Sonntag, 29. November 2026 um 05:11'],
  ['fr', 'dimanche 29 novembre 2026 à 05:11'],
] as const)('in %s a link is valid until %s, in UTC', (language, date) => {
  expect(dateText(Date.parse('2026-11-29T05:11:59Z'), language)).toBe(date);
  expect(renderMail(anInvitation({ language })).text).toMatch(new RegExp(`${date}( Uhr)? \\(UTC\\)`));
});

test('what needs no confirmation has no end', () => {
  expect(renderMail(aFinalizedAccount()).text).not.toContain('UTC');
});

test('an invitation with roles says that the address counts', () => {
  const { bound } = wordsOf('en');
  expect(renderMail(anInvitation({ isBound: true })).text).toContain(bound);
  expect(renderMail(anInvitation()).text).not.toContain(bound);
});

test.each([[{}], [{ name: 'Acme Shop' }], [{ name: ' \u202e ' }]])(
  'nobody is named who invites where the brand is %j',
  (brand) => {
    expect(renderMail(anInvitation({ brand })).subject).toBe('You are invited to Acme Shop');
  },
);

test('hostile texts stay texts', () => {
  const application = `<img src=x onerror=alert(1)>"'&{sender}`;
  const { html, subject } = renderMail(anInvitation({ application, brand: { name: '</style><b>{link}' } }));
  expect(html).not.toMatch(/<img|<b>|<\/style><b/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;{sender}');
  expect(subject).toBe(`</style><b>{link} invites you to ${application}`);
});

test.each(['\r\nBcc: all@example.com', '\n', '\u2028', '\u0000', '\u0085'])(
  'a subject stays one line with %j in a name',
  (breaking) => {
    const { subject } = renderMail(
      anInvitation({ application: `Shop${breaking}x`, brand: { name: `A${breaking}b` } }),
    );
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  },
);

test('a name can neither turn a line around nor fill the mail', () => {
  const { subject, text } = renderMail(anInvitation({ application: `a\u202eb${'x'.repeat(5_000)}` }));
  expect(subject).not.toContain('\u202e');
  expect(text.length).toBeLessThan(1_200);
});

test.each(['javascript:alert(1)', 'http://example.com/', 'data:text/html,x', 'no address'])(
  'fails with the link %s',
  (link) => {
    expect(() => renderMail(anInvitation({ link }))).toThrow();
  },
);

test('a color that is none is left out, and any other can be read in light and in dark', () => {
  const html = (accent: string) => renderMail(anInvitation({ brand: { colors: { accent } } })).html;
  expect(html('red;}</style>')).not.toContain('red;}');
  expect(html('#ffff00')).not.toContain('color:#ffff00');
});

test('a mail loads nothing and stays small', () => {
  const { html } = renderMail(anInvitation());
  expect(html).not.toMatch(/\ssrc=|url\(|@import|<script|<link/);
  // Gmail cuts a mail of 102 kB off.
  expect(html.length).toBeLessThan(8_000);
});
