import { Outbox, type SentMail } from '../../../local/mail/outbox';
import { createOutboxServer } from '../../../local/mail/outbox-server';
import { type LoopbackServer, startLoopbackServer } from '../../helpers/loopback-server';

const outbox = new Outbox({ now: () => 0 }, { write: () => undefined });
let server: LoopbackServer;
let mail: SentMail;

beforeAll(async () => {
  outbox.notify('arn:aws:sns:us-east-1:000000000000:Alarms', 'ALARM', 'It went off.');
  mail = outbox.send({
    ...{ from: 'hello@acme.com', to: ['ada@example.com'], replyTo: [], tags: { invitation: 'abc' } },
    ...{
      subject: '<b>You</b>',
      text: 'See https://acme.com',
      html: '<html><head></head><body>Hello</body></html>',
    },
  });
  server = await startLoopbackServer(createOutboxServer(outbox));
});
afterAll(() => server.close());

const get = async (path: string) => {
  const answer = await fetch(`${server.url}${path}`);
  return {
    status: answer.status,
    policy: answer.headers.get('content-security-policy'),
    text: await answer.text(),
  };
};

test('the list shows mails of both kinds, the latest first, as text', async () => {
  const { text } = await get('/');
  expect(text.indexOf('&lt;b&gt;You')).toBeLessThan(text.indexOf('ALARM'));
  expect(text).toContain('ada@example.com');
  expect(text).not.toContain('<b>You');
});

test('a mail is shown in a frame that runs nothing, with its text beside it', async () => {
  const { text } = await get(`/mails/${mail.id}`);
  expect(text).toContain(
    `src="/mails/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"`,
  );
  expect(text).toContain('See https://acme.com');
  const frame = await get(`/mails/${mail.id}/html`);
  expect(frame.policy).toContain("default-src 'none'");
  expect(frame.policy).toContain('sandbox allow-popups');
  expect(frame.text).toContain('<base target="_blank">');
});

test('a mail can be read as it is', async () => {
  const { text } = await get(`/mails/${mail.id}/raw`);
  expect(text).toMatch(/^Subject: <b>You<\/b>\nDate: .*\nFrom: hello@acme.com\nTo: ada@example.com/);
  expect(text).toContain('Tags: invitation=abc');
});

test('a mail of a topic has no HTML and names nobody', async () => {
  const [, alarm] = outbox.list();
  const page = await get(`/mails/${alarm?.id}`);
  expect(page.text).toContain('It went off.');
  expect(page.text).not.toContain('iframe');
  expect((await get(`/mails/${alarm?.id}/html`)).status).toBe(404);
});

test.each(['/mails/none', '/mails/', '/other', '/mails/../etc'])('rejects %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('a mail without tags and configuration set has no line for them', async () => {
  const { id } = outbox.send({
    ...{ from: 'no-reply@acme.com', to: ['ada@example.com'], replyTo: [], tags: {} },
    ...{ subject: 'Hello', text: 'Hello' },
  });
  const { text } = await get(`/mails/${id}/raw`);
  expect(text).not.toMatch(/Tags|Configuration set|Reply-To/);
});
