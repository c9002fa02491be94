import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { accountsOf } from '../helpers/accounts';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { peek, type QueuedMessage, queueUrl } from '../helpers/queues';
import { aRegistration, createUserIds, getStore, postSigned, signedHeaders } from '../helpers/signed-post';

const MINUTE = 60_000;
const userId = createUserIds('authenticity');
let run: LocalRun;

// That no key fits is said a minute after an event was accepted; thirteen seconds here.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 5 });
}, 90_000);
afterAll(() => run?.stop());

const isLinked = (user: string) => async () => {
  const links = await run.links(user);
  return links.length === 4 && links.every(({ state }) => state === 'linked') && links;
};

/** What quarantine holds of `text`, once it holds `count`. */
async function quarantined(text: string, count: number): Promise<QueuedMessage[]> {
  const url = await queueUrl(run.aws.sqs, 'quarantine');
  const find = async () => {
    const found = (await peek(run.aws.sqs, url)).filter(({ body }) => body.includes(text));
    return found.length === count && found;
  };
  return waitFor(`${count} in quarantine`, find, 40_000);
}

describe('an event whose sender cannot be believed', () => {
  test.each([
    ['signature-invalid', { secret: `whsec_${Buffer.alloc(32).toString('base64')}` }],
    ['signature-expired', { skewMs: -6 * MINUTE }],
  ])(
    'is accepted, makes no account and waits in quarantine as %s',
    async (code, signing) => {
      const user = userId();
      expect((await postSigned(run, await aRegistration(run, user), signing)).status).toBe(202);
      const messages = await quarantined(user, 4);
      expect(messages.map(({ parked }) => parked?.code)).toEqual([code, code, code, code]);
      for (const { parked } of messages) expect(parked?.attempts).toBeLessThanOrEqual(2);
      expect(await run.links(user)).toEqual([]);
    },
    60_000,
  );

  test('for an issuer that may not send this type is not-allowed', async () => {
    const user = userId();
    const event = { ...(await aRegistration(run, user)), type: 'user.deleted' };
    expect((await postSigned(run, event)).status).toBe(202);
    // A deletion is news for every system, the one that only invitations bring something into as well.
    const messages = await quarantined(user, 5);
    expect(new Set(messages.map(({ parked }) => parked?.code))).toEqual(new Set(['not-allowed']));
  });

  test('without signature is refused at the door', async () => {
    const response = await run.post('/events', await aRegistration(run, userId()));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'missing-parameter',
      message: expect.stringMatching(/webhook/),
    });
  });

  test('without key is refused at the door', async () => {
    const body = JSON.stringify(await aRegistration(run, userId()));
    const headers = { ...(await signedHeaders(run, body)), 'x-api-key': 'wrong' };
    expect((await run.post('/events', body, headers)).status).toBe(403);
  });
});

describe('a key that is added to the secret', () => {
  const NEW = Buffer.alloc(32, 7).toString('base64');

  test('is believed by each worker, though it read the ring a moment before, and the old one still is', async () => {
    const secretId = { SecretId: run.outputs.SigningSecretArn };
    const { SecretString: old } = await run.aws.secrets.send(new GetSecretValueCommand(secretId));
    // What no key fits makes every worker read the ring, which it then does not for a minute.
    const forged = userId();
    await postSigned(run, await aRegistration(run, forged), { secret: NEW });
    await quarantined(forged, 4);
    const user = userId();
    const keys = [{ secret: NEW }, { secret: old }];
    await run.aws.secrets.send(
      new PutSecretValueCommand({ ...secretId, SecretString: JSON.stringify({ keys }) }),
    );
    await postSigned(run, await aRegistration(run, user), { secret: NEW });
    await waitFor('four links', isLinked(user), 40_000);
    const late = userId();
    await postSigned(run, await aRegistration(run, late));
    await waitFor('four links of the old key', isLinked(late));
  }, 120_000);
});

describe('a stray', () => {
  test('of an unknown type is kept once, and nobody works on it', async () => {
    const user = userId();
    const event = { ...(await aRegistration(run, user)), type: 'user.promoted' };
    expect((await postSigned(run, event)).status).toBe(202);
    expect(await quarantined(user, 1)).toMatchObject([{ attributes: { type: 'user.promoted' } }]);
  });

  test('for a system that is not there is kept once', async () => {
    const user = userId();
    const event = await aRegistration(run, user);
    await postSigned(run, { ...event, data: { ...event.data, system: 'payroll' } });
    expect(await quarantined(user, 1)).toMatchObject([{ attributes: { system: 'payroll' } }]);
  });
});

describe('the plain interface', () => {
  const messageOf = (user: string) =>
    JSON.stringify({ username: user, email: `${user.length}@example.com`, user_id: user });

  test('makes accounts of a signed message on our topic', async () => {
    const user = userId();
    const message = messageOf(user);
    const query = { topic: run.outputs.EventTopicArn ?? '', message, subject: 'registration' };
    const response = await getStore(run, query, await signedHeaders(run, message));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ messageId: expect.any(String), requestId: expect.any(String) });
    await waitFor('four links', isLinked(user));
  });

  test('keeps a message for a foreign topic once, on our topic', async () => {
    const user = userId();
    const message = messageOf(user);
    const query = { topic: 'arn:aws:sns:us-east-1:999999999999:theirs', message };
    expect((await getStore(run, query, await signedHeaders(run, message))).status).toBe(202);
    expect(await quarantined(user, 1)).toMatchObject([{ attributes: { topic: query.topic } }]);
  });

  test('refuses an unsigned call', async () => {
    expect((await getStore(run, { message: messageOf(userId()) })).status).toBe(400);
  });

  test('refuses an empty message', async () => {
    const response = await getStore(run, { message: '' }, await signedHeaders(run, ''));
    expect(response.status).toBe(400);
  });
});

describe('hostile text arrives as it was sent', () => {
  const HOSTILE = [
    `quotes "double" 'single' \`back\``,
    'ampersand & plus + percent %41 %',
    'second &TopicArn=arn:aws:sns:us-east-1:999999999999:theirs&Message=x',
    '&MessageAttributes.entry.9.Name=accepted&MessageAttributes.entry.9.Value.StringValue=1',
    `#set($x = 1) $util.urlEncode("a") $\{context.requestId} #end ##`,
    'emoji 🚀 and ünïcödé and 漢字',
    'back\\slash and \\" escaped',
    '</script><!-- \u2028 -->',
  ];

  test.each(HOSTILE)('through POST /events: %s', async (text) => {
    const user = userId();
    expect(
      (await postSigned(run, await aRegistration(run, user, { nickname: text, name: text }))).status,
    ).toBe(202);
    await waitFor('four links', isLinked(user));
    expect(await accountsOf(run, 'crm', user)).toMatchObject([{ displayName: text }]);
  });

  test.each(HOSTILE)('through GET /store: %s', async (text) => {
    const user = userId();
    const message = JSON.stringify(
      { username: user, email: 'x@example.com', user_id: user, name: text },
      null,
      2,
    );
    const response = await getStore(run, { message, subject: text }, await signedHeaders(run, message));
    expect(response.status).toBe(202);
    await waitFor('four links', isLinked(user));
    expect(await accountsOf(run, 'crm', user)).toMatchObject([{ displayName: text }]);
  });
});
