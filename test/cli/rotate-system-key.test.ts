import { rotateSystemKey, type SystemKeyArgs } from '../../cli/rotate/system-key';
import { parseKeys, verifyWithKeyRing } from '../../events/key-ring';
import { sign } from '../../events/signature';
import { createWebhookHandover } from '../../lambdas/connectors/webhook/webhook-handover';
import type { HttpRequest } from '../../lambdas/runtime/http';
import { anAnswer } from '../helpers/an-answer';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, outputs, surroundings } from './helpers/deps';

const OLD = 'cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';
const MINUTE_MS = 60_000;
const QUEUE_URL = 'https://sqs/0/mailing-list-2c106f5a-6988-1d7d-ad5d-6b915827b659';

function setUp() {
  const texts = new Map([
    ['webhook-arn', OLD],
    ['sign-off-arn', OLD],
  ]);
  const [screen, audit] = [aScreen(), anAudit()];
  const clock = { now: NOW };
  const values = {
    QueueUrlMailingList: QUEUE_URL,
    WebhookSecretArnMailingList: 'webhook-arn',
    SignOffSecretArnMailingList: 'sign-off-arn',
  };
  const secrets = async () => ({
    read: async (arn: string) => texts.get(arn) ?? '',
    write: async (arn: string, written: string, before: string) => {
      expect(before).toBe(texts.get(arn));
      texts.set(arn, written);
    },
  });
  const own = { outputs: async () => outputs(values), secrets, now: () => clock.now };
  const deps = { ...surroundings(), ...screen, ...audit, ...own };
  const rotate = (args: Partial<SystemKeyArgs> = {}) =>
    rotateSystemKey({ system: 'mailing-list', signOff: false, finish: false, ...args }, deps);
  return { rotate, screen, audit, clock, texts, keys: (arn: string) => parseKeys(texts.get(arn) ?? '') };
}

/** Which of the keys the system believes a message of ours by. */
async function believedBy(text: string, at: number): Promise<boolean[]> {
  const requests: HttpRequest[] = [];
  const handover = createWebhookHandover({
    url: 'https://hooks.example.com/',
    parties: { source: 'urn:punctual:test', system: 'mailing-list' },
    keys: async () => text,
    http: async (request) => {
      requests.push(request);
      return anAnswer(204);
    },
    timeoutMs: 1_000,
    now: () => at,
  });
  const request = { externalId: 'acme/dev/auth0|1', userId: 'auth0|1', attributes: [] };
  await handover.deliver({ id: 'msg_1', wanted: 'present', request, sequence: 1, since: at });
  const { headers, body = '' } = requests[0] as HttpRequest;
  const signatures = headers?.['webhook-signature'] ?? '';
  const message = { id: 'msg_1', timestampSeconds: Math.floor(at / 1000), body, signatures, acceptedAt: at };
  const believes = async (secret: string) => (await verifyWithKeyRing({ actions: [{ secret }] }, message)).ok;
  return Promise.all(parseKeys(text).map(({ secret }) => believes(secret)));
}

test('a webhook is signed with both keys until the old one is ended, and then with the new one', async () => {
  const { rotate, texts, clock } = setUp();
  await rotate();
  expect(await believedBy(texts.get('webhook-arn') ?? '', clock.now)).toEqual([true, true]);
  clock.now += MINUTE_MS;
  await rotate({ finish: true });
  expect(await believedBy(texts.get('webhook-arn') ?? '', clock.now + 1)).toEqual([true, false]);
  expect(texts.get('sign-off-arn')).toBe(OLD);
});

test('a sign-off is believed with both keys, and then with the new one and what the old one signed before', async () => {
  const { rotate, keys, clock, texts } = setUp();
  const isBelieved = async (secret: string, at: number) => {
    const content = { id: 'lnk_1', timestampSeconds: at / 1000, body: '{}' };
    const { 'webhook-signature': signatures } = await sign(secret, content);
    const message = { ...content, signatures, acceptedAt: at };
    return (await verifyWithKeyRing({ system: keys('sign-off-arn') }, message)).ok;
  };
  await rotate({ signOff: true });
  const [fresh = ''] = keys('sign-off-arn').map(({ secret }) => secret);
  expect([await isBelieved(OLD, NOW), await isBelieved(fresh, NOW)]).toEqual([true, true]);
  clock.now += MINUTE_MS;
  await rotate({ signOff: true, finish: true });
  const later = clock.now + MINUTE_MS;
  expect([await isBelieved(OLD, later), await isBelieved(fresh, later)]).toEqual([false, true]);
  expect(await isBelieved(OLD, NOW)).toBe(true);
  expect(texts.get('webhook-arn')).toBe(OLD);
});

test('says what to do next, notes who did what, and shows no key', async () => {
  const { rotate, screen, audit, keys } = setUp();
  expect((await rotate({ signOff: true })).json).toEqual({ keys: 2, signing: 2 });
  expect(screen.text()).toContain('npx punctual rotate system-key mailing-list --sign-off --finish');
  expect(screen.text()).toContain('SignOffSecretArnMailingList');
  await rotate({ signOff: true, finish: true });
  expect(audit.acts).toMatchObject([
    { act: 'rotate system-key --sign-off', subject: 'mailing-list', counts: { created: 1 } },
    { act: 'rotate system-key --sign-off --finish', subject: 'mailing-list', counts: { ended: 1 } },
  ]);
  for (const { secret } of keys('sign-off-arn')) expect(screen.text()).not.toContain(secret);
});

test.each<[string, Partial<SystemKeyArgs>, string]>([
  ['a system that nobody signs to', { system: 'crm' }, 'no-system-key'],
  ['a system that signs nothing off', { system: 'crm', signOff: true }, 'no-system-key'],
  ['an unknown system', { system: 'mailing' }, 'no-system'],
  ['to finish what was not begun', { finish: true }, 'nothing-to-finish'],
])('rejects %s', async (_, args, code) => {
  const { rotate, audit } = setUp();
  await expect(rotate(args)).rejects.toMatchObject({ code });
  expect(audit.acts).toEqual([]);
});

test('rejects a second rotation before the first is finished', async () => {
  const { rotate } = setUp();
  await rotate();
  await expect(rotate()).rejects.toMatchObject({ code: 'rotation-pending', exitCode: 1 });
});
