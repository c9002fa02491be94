import type { InvitationView } from '../../events/invitations/schemas';
import type { SentMail } from '../../local/mail/outbox';
import { programsToken } from '../helpers/invite';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';

let run: LocalRun;
let token: string;

beforeAll(async () => {
  run = await startLocalRunOf(
    { auth0: { kind: 'auth0' } },
    {
      timeScale: 10,
      environment: {
        provisioningApi: {},
        invitations: {
          ...{ from: 'Acme <hello@acme.com>', replyTo: 'help@acme.com', client: 'accept' },
          applications: { shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login' } },
        },
      },
    },
  );
  token = await programsToken(run, 'read:invitations write:invitations');
});
afterAll(() => run?.stop());

async function call(method: string, path: string, body?: object): Promise<InvitationView> {
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}invitations${path}`, {
    ...{ method, headers: { authorization: `Bearer ${token}` } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { invitation } = (await answer.json()) as { invitation: InvitationView };
  return invitation;
}

const invite = (email: string, given: object = {}) => call('POST', '', { email, ...given });

/** The mails of an invitation, the latest first. */
async function mailsOf({ id }: InvitationView): Promise<SentMail[]> {
  const mails = await run.control<SentMail[]>('GET', '/mails');
  return mails.filter(({ tags }) => tags?.invitation === id);
}

const becomes = (invitation: InvitationView, state: string) =>
  waitFor(`a mail that is ${state}`, async () => {
    const { mail } = await call('GET', `/${invitation.id}`);
    return mail?.state === state ? mail : undefined;
  });

const inOutbox = (invitation: InvitationView, count = 1) =>
  waitFor(`${count} mails`, async () => {
    const mails = await mailsOf(invitation);
    return mails.length >= count ? mails : undefined;
  });

test('an invitation is a mail in the outbox, in the language of the person, that leads to the accept pages', async () => {
  const invitation = await invite('ada@example.com', { language: 'de' });
  const [mail] = await inOutbox(invitation);
  expect(mail).toMatchObject({
    from: '"Acme" <hello@acme.com>',
    to: ['ada@example.com'],
    replyTo: ['help@acme.com'],
  });
  expect(mail?.subject).toBe('Ihre Einladung zu shop');
  const link = /^http\S+$/m.exec(mail?.text ?? '')?.[0] ?? '';
  expect(link).toContain(`${run.outputs.InvitationPageUrl}?invitation=${invitation.id}.`);
  expect((await becomes(invitation, 'sent')).code).toBeUndefined();
  const page = await fetch(`${run.local.OutboxUrl}/mails/${mail?.id}`);
  expect(await page.text()).toContain('Ihre Einladung zu shop');
});

test('what SES tells of a mail is on the invitation', async () => {
  const bounced = await invite('bounce@simulator.amazonses.com');
  const complained = await invite('complaint+me@simulator.amazonses.com');
  expect(await becomes(bounced, 'bounced')).toMatchObject({ code: 'mail-bounced' });
  expect(await becomes(complained, 'complained')).toMatchObject({ code: 'mail-complained' });
});

test('a mail that SES does not take now goes out later, and one whose answer is lost goes out twice', async () => {
  const rule = { service: 'ses', operation: 'SendEmail', times: 1 };
  await run.control('POST', '/faults', {
    ...rule,
    when: 'before',
    effect: 'error',
    status: 429,
    code: 'TooManyRequestsException',
  });
  expect(await inOutbox(await invite('later@example.com'))).toHaveLength(1);
  await run.control('POST', '/faults', { ...rule, when: 'after', effect: 'reset' });
  const twice = await invite('twice@example.com');
  const texts = (await inOutbox(twice, 2)).map(({ text }) => text);
  expect(new Set(texts).size).toBe(2);
  expect(await becomes(twice, 'sent')).toBeDefined();
});

test('no log names an address or holds a link', async () => {
  const lines = Object.values(await run.logs())
    .flat()
    .join('\n');
  expect(lines).toContain('mail handled');
  expect(lines).not.toMatch(/@example\.com|@simulator|\?invitation=/);
});
