import { headerAddress, isOneAddress } from '../../../../lambdas/invitations/mail/header-address';
import { createSesMailer } from '../../../../lambdas/invitations/mail/ses-mailer';
import { type LocalSes, SET, startLocalSes } from '../../../local/aws/ses/helpers/local-ses';

let local: LocalSes;
beforeAll(async () => {
  local = await startLocalSes();
});
afterEach(() => local.door.faults.clear());
afterAll(() => local.close());

const mailer = (given: object = {}) =>
  createSesMailer({
    ses: local.client,
    from: 'Ärzte & Co <hello@acme.com>',
    configurationSet: SET,
    ...given,
  });
const aMail = {
  ...{ to: 'ada@example.com', invitation: 'Rk3J0c9yQm6Zb1s8uTqWvA', sending: 3 },
  ...{ subject: 'Grüße', text: 'text', html: '<p>html' },
};

test('a mail goes out as SES takes it, with what it is of', async () => {
  await mailer({ replyTo: 'help@acme.com' })(aMail);
  expect(local.outbox.list()[0]).toMatchObject({
    ...{
      from: `=?UTF-8?B?${Buffer.from('Ärzte & Co').toString('base64')}?= <hello@acme.com>`,
      to: ['ada@example.com'],
    },
    ...{ replyTo: ['help@acme.com'], subject: 'Grüße', text: 'text', html: '<p>html', configurationSet: SET },
    tags: { invitation: aMail.invitation, sending: '3' },
  });
});

test.each([
  [{ status: 429, code: 'TooManyRequestsException' }, 'mail-throttled', false],
  [{ status: 400, code: 'LimitExceededException' }, 'mail-throttled', false],
  [{ status: 400, code: 'SendingPausedException' }, 'mail-unavailable', false],
  [{ status: 500, code: 'InternalFailure' }, 'mail-unavailable', true],
  [{ status: 503, code: 'ServiceUnavailable' }, 'mail-unavailable', true],
  [{ status: 400, code: 'BadRequestException' }, 'mail-address-refused', false],
  [{ status: 400, code: 'MessageRejected' }, 'mail-rejected', false],
  [{ status: 400, code: 'MailFromDomainNotVerifiedException' }, 'mail-rejected', false],
  [{ status: 403, code: 'AccessDeniedException' }, 'mail-rejected', false],
  [{ status: 404, code: 'NotFoundException' }, 'mail-rejected', false],
])('fails with %j as %s', async (fault, code, mayBeOut) => {
  local.door.faults.add({ service: 'ses', when: 'before', effect: 'error', ...fault });
  await expect(mailer()(aMail)).rejects.toMatchObject({ code, mayBeOut });
});

test('fails without an answer as one that may be out', async () => {
  local.door.faults.add({ service: 'ses', when: 'after', effect: 'reset', times: 1 });
  await expect(mailer()(aMail)).rejects.toMatchObject({ code: 'mail-unanswered', mayBeOut: true });
});

test.each([
  ['hello@acme.com', 'hello@acme.com'],
  ['Acme <hello@acme.com>', '"Acme" <hello@acme.com>'],
  ['Acme, Inc. <hello@acme.com>', '"Acme, Inc." <hello@acme.com>'],
  ['A"b\\c\r\nBcc: eve@example.com <hello@acme.com>', '"AbcBcc: eve@example.com" <hello@acme.com>'],
])('the sender %j is the header %s', (sender, header) => {
  expect(headerAddress(sender)).toBe(header);
});

test('a long name in another script is several words, none of them too long', () => {
  const words = headerAddress(`${'日本語の名前'.repeat(8)} <hello@acme.com>`)
    .split(' ')
    .slice(0, -1);
  expect(words.length).toBeGreaterThan(1);
  for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
  const text = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString());
  expect(text.join('')).toBe('日本語の名前'.repeat(8));
});

test.each(['', 'a@b', 'a@b.c, d@e.f', 'A <a@b.c> <d@e.f>', '<a@b.c>\r\nBcc: <d@e.f>'])(
  'rejects %j as a sender',
  (sender) => {
    expect(() => headerAddress(sender)).toThrow();
  },
);

test.each(['a@b.c;d@e.f', 'a@b.c\n', '"a b"@c.d', 'a@[127.0.0.1]', `${'a'.repeat(65)}@b.c`, 'a\u202e@b.c'])(
  'rejects %j as one address',
  (text) => {
    expect(isOneAddress(text)).toBe(false);
  },
);
