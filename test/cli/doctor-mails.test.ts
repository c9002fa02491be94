import type { MailAccount, MailIdentity, MailSending, MailSet } from '../../cli/aws/mail-account';
import { createSesMailAccount } from '../../cli/aws/ses-mail-account';
import { CliError } from '../../cli/cli-error';
import { lookAtMails } from '../../cli/doctor/mails';
import { ConfigurationSets } from '../../local/aws/ses/configuration-sets';
import { createSesService } from '../../local/aws/ses/ses-service';
import { awsAtHand } from './helpers/aws-at-hand';
import { outputs } from './helpers/deps';

const VALUES = {
  InvitationTableName: 'invitations',
  InvitationMailFrom: 'hello@mail.acme.com',
  InvitationMailSetName: 'the-set',
};
const SENDING = { isOn: true, isInSandbox: false, standing: 'HEALTHY', quota: 50_000, sent: 120 };
const VERIFIED = { isVerified: true, verification: 'SUCCESS', isSigned: true };
const SET = { isOn: true, requiresTls: true, suppresses: ['BOUNCE', 'COMPLAINT'] };

interface Given {
  readonly sending?: Partial<MailSending>;
  readonly identities?: Readonly<Record<string, Partial<MailIdentity>>>;
  /** Null of one that is gone. */
  readonly set?: Partial<MailSet> | null;
  readonly denied?: readonly string[];
}

function look({ sending, identities = { 'acme.com': {} }, set = {}, denied = [] }: Given = {}) {
  const guard = <T>(action: string, value: T): T => {
    if (!denied.includes(action)) return value;
    throw new CliError('access-denied', `You may not do ${action}`, `Ask for the IAM action ${action}`);
  };
  const account: MailAccount = {
    sending: async () => guard('ses:GetAccount', { ...SENDING, ...sending }),
    identity: async (name) =>
      guard('ses:GetEmailIdentity', name in identities ? { ...VERIFIED, ...identities[name] } : undefined),
    set: async () => guard('ses:GetConfigurationSet', set === null ? undefined : { ...SET, ...set }),
  };
  return lookAtMails({ outputs: async () => outputs(VALUES), mailAccount: async () => account });
}

test.each([
  ['the address', 'hello@mail.acme.com'],
  ['its domain', 'mail.acme.com'],
  ['a domain above it', 'acme.com'],
])('all is well where %s is verified', async (_, name) => {
  expect(await look({ identities: { [name]: {} } })).toEqual({
    status: 'ok',
    words: `${name} is verified; 120 of 50000 mails in 24 hours`,
  });
});

const PENDING = { isVerified: false, verification: 'PENDING', isSigned: false };

test.each([
  [
    'nobody verified the sender',
    { identities: { com: {}, 'other.com': {} } },
    /knows neither hello@mail\.acme\.com/,
  ],
  [
    'the sender is not verified yet',
    { identities: { 'acme.com': PENDING } },
    /acme\.com is not verified: PENDING/,
  ],
  ['the sending is paused', { sending: { isOn: false } }, /paused/],
  ['AWS stopped the account', { sending: { standing: 'SHUTDOWN' } }, /paused/],
  ['the configuration set is gone', { set: null }, /the-set is gone/],
  ['the configuration set is switched off', { set: { isOn: false } }, /switched off/],
])('fails where %s', async (_, given: Given, words) => {
  expect(await look(given)).toMatchObject({ status: 'fail', words: expect.stringMatching(words) });
});

test.each([
  ['the account is in the sandbox', { sending: { isInSandbox: true, quota: 200 } }, /sandbox.*120 of 200/],
  ['the account is under review', { sending: { standing: 'PROBATION' } }, /under review/],
  ['the mails of the day are nearly used up', { sending: { sent: 45_000 } }, /45000 of 50000/],
  ['mails are not signed', { identities: { 'acme.com': { isSigned: false } } }, /DKIM/],
  ['links go in the clear', { set: { requiresTls: false } }, /TLS/],
  ['who complained gets more', { set: { suppresses: ['BOUNCE'] } }, /complained/],
])('warns where %s', async (_, given: Given, words) => {
  const found = await look(given);
  expect(found).toMatchObject({ status: 'warn', words: expect.stringMatching(words) });
  expect(found.todo).toBeTruthy();
});

test('an address that waits to be verified does no harm where its domain is', async () => {
  const identities = { 'hello@mail.acme.com': PENDING, 'acme.com': {} };
  expect(await look({ identities })).toMatchObject({ status: 'ok' });
});

test('what may not be looked at cannot be told, and hides nothing of what can', async () => {
  const all = ['ses:GetAccount', 'ses:GetEmailIdentity', 'ses:GetConfigurationSet'];
  const blind = await look({ denied: all });
  expect(blind.status).toBe('warn');
  for (const action of all) expect(blind.todo).toContain(action);
  const half = await look({ denied: ['ses:GetAccount'], set: null });
  expect(half).toMatchObject({ status: 'fail', words: expect.stringContaining('the-set is gone') });
  expect(half.words).toContain('ses:GetAccount');
});

test('a stack without invitations sends none, and SES is not asked', async () => {
  const mailAccount = () => Promise.reject(new Error('asked'));
  expect(await lookAtMails({ outputs: async () => outputs(), mailAccount })).toMatchObject({ status: 'ok' });
});

test('SES of the local run is well, by the SDK', async () => {
  const sets = new ConfigurationSets();
  sets.add('the-set', {
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  const outbox = { send: () => Promise.reject() as never, list: () => [] };
  const aws = await awsAtHand(
    createSesService({
      sets,
      outbox,
      door: { call: () => Promise.reject() },
      log: { write: () => undefined },
    }),
  );
  const account = createSesMailAccount(aws.context);
  const values = { outputs: async () => outputs(VALUES), mailAccount: async () => account };
  const [found, none] = [await lookAtMails(values), await account.set('another')];
  await aws.close();
  expect(found).toEqual({
    status: 'ok',
    words: 'hello@mail.acme.com is verified; 0 of 50000 mails in 24 hours',
  });
  expect(none).toBeUndefined();
});
