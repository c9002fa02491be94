import { listDlqs } from '../../cli/dlq/list';
import { redriveDlq } from '../../cli/dlq/redrive';
import { showDlq } from '../../cli/dlq/show';
import { userRefOf } from '../../events/user-ref';
import { aScreen } from './helpers/a-screen';
import { anAudit, CRM_DLQ_URL, CRM_URL, NOW, outputs, surroundings, TOPIC_DLQ_URL } from './helpers/deps';
import { aParked, queuesInMemory, type StoredMessage } from './helpers/queues-in-memory';

const PEPPER = 'pepper of the test';

function setUp(
  parked: StoredMessage[],
  fields: { topicDlq?: StoredMessage[]; audit?: ReturnType<typeof anAudit> } = {},
) {
  const memory = queuesInMemory(
    { [CRM_DLQ_URL]: parked, [TOPIC_DLQ_URL]: fields.topicDlq ?? [] },
    { [CRM_URL]: CRM_DLQ_URL },
  );
  const published: { arn: string; body: string; attributes: object }[] = [];
  const screen = aScreen();
  const audit = fields.audit ?? anAudit();
  const around = surroundings();
  const deps = {
    ...around,
    ...screen,
    ...audit,
    queues: memory.queues,
    secrets: async () => ({ read: async () => PEPPER, write: async () => undefined }),
    topic: async () => ({
      subscriptionsOf: async () => [],
      publish: async (arn: string, messages: readonly { body: string; attributes: object }[]) => {
        published.push(...messages.map(({ body, attributes }) => ({ arn, body, attributes })));
        return messages.map(() => undefined);
      },
    }),
  };
  return { deps, memory, screen, audit, published, around };
}

const redrive = (flags: object) => ({ queue: 'crm', all: false, yes: false, ...flags });
const SHOW = { queue: 'crm', limit: 100, body: false };

describe('dlq list', () => {
  test('counts what waits and what was given up, of systems and beside them', async () => {
    const { deps, screen } = setUp([aParked(), aParked()]);
    const { json } = await listDlqs({}, deps);
    expect(json).toContainEqual({ queue: 'crm', waiting: 0, inFlight: 0, parked: 2 });
    expect(screen.lines.map((line) => line.split(/ +/)[0])).toEqual(
      expect.arrayContaining(['crm', 'help-desk', 'event-topic', 'status-projection']),
    );
    expect(screen.text()).toContain('npx punctual dlq show crm');
  });
});

describe('dlq show', () => {
  test('groups by code and names people by userRef alone', async () => {
    const { deps, screen } = setUp([
      aParked({ userId: 'auth0|ada' }),
      aParked(),
      aParked({ code: 'crashed' }),
    ]);
    const { json } = await showDlq(SHOW, deps);
    expect(json).toMatchObject({
      codes: [
        { code: 'remote-rejected', count: 2 },
        { code: 'crashed', count: 1 },
      ],
    });
    expect(screen.text()).toContain(userRefOf(PEPPER, 'acme.eu.auth0.com', 'auth0|ada'));
    for (const told of [screen.text(), JSON.stringify(json)]) {
      expect(told).not.toMatch(/auth0\|ada|ada@example\.com/);
    }
  });

  test('says of each what the worker had to say beyond the code', async () => {
    const { deps, screen } = setUp([aParked()]);
    await showDlq(SHOW, deps);
    expect(screen.lines).toContain('  why     data.user');
    expect(screen.text()).not.toContain('Words of the worker. (');
  });

  test('leaves every message visible, whatever it selects', async () => {
    const { deps, memory } = setUp(Array.from({ length: 23 }, () => aParked()));
    await showDlq({ ...SHOW, code: 'crashed' }, deps);
    expect(memory.at(CRM_DLQ_URL)).toHaveLength(23);
    expect(memory.hidden.size).toBe(0);
  });

  test('shows bodies where that is asked for, with a warning and without what a screen would obey', async () => {
    const hostile = aParked();
    const { deps, screen } = setUp([{ ...hostile, body: '{"x":"\u001b[2J\u009b0m"}' }]);
    await showDlq({ ...SHOW, body: true }, deps);
    expect(screen.text()).toContain('personal data');
    expect(screen.text()).toContain('\\u{1b}[2J\\u{9b}0m');
    expect(/\p{Cc}/u.test(screen.text().replaceAll('\n', ''))).toBe(false);
  });

  test('says that it looked at the first ones only', async () => {
    const { deps, screen } = setUp(Array.from({ length: 5 }, () => aParked()));
    const { json } = await showDlq({ ...SHOW, limit: 3 }, deps);
    expect(json).toMatchObject({ isEverything: false });
    expect(screen.text()).toContain('The first 3');
  });

  test('does not call a queue empty whose messages somebody has in hand', async () => {
    const { deps, memory, screen } = setUp([]);
    memory.hidden.set('handle of somebody', { url: CRM_DLQ_URL, message: aParked() });
    expect((await showDlq(SHOW, deps)).json).toMatchObject({ isEverything: true, hidden: 1, messages: [] });
    expect(screen.text()).toMatch(/^No message can be seen\.\n1 more cannot be seen now/);
  });

  test('is not confused by attributes that are no JSON', async () => {
    const message = aParked();
    const { deps } = setUp([
      { ...message, body: 'no json', attributes: { parked: '{"code":7}', type: 'x' } },
    ]);
    expect((await showDlq(SHOW, deps)).json).toMatchObject({ codes: [{ code: 'none', count: 1 }] });
  });

  test('fails for a queue that nobody has, with the names of those there are', async () => {
    const { deps } = setUp([]);
    await expect(showDlq({ ...SHOW, queue: 'nope' }, deps)).rejects.toMatchObject({
      code: 'usage',
      hint: 'There is crm, help-desk, event-topic',
    });
  });
});

describe('dlq redrive', () => {
  test('changes nothing without --yes, and says what to type', async () => {
    const { deps, memory, screen, audit } = setUp([aParked(), aParked()]);
    const { json } = await redriveDlq(redrive({ all: true }), deps);
    expect(json).toMatchObject({ dryRun: true, messages: 2 });
    expect(screen.text()).toContain('npx punctual dlq redrive crm --all --yes');
    expect(memory.at(CRM_DLQ_URL)).toHaveLength(2);
    expect(audit.acts).toEqual([]);
  });

  test('sends each message as it was, without the note of its parking, and deletes it', async () => {
    const message = aParked();
    const { deps, memory, audit } = setUp([message]);
    const { exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    const { parked: _parked, ...kept } = message.attributes;
    expect(memory.at(CRM_URL)).toEqual([expect.objectContaining({ body: message.body, attributes: kept })]);
    expect(memory.at(CRM_DLQ_URL)).toEqual([]);
    expect(memory.hidden.size).toBe(0);
    expect(exitCode).toBe(0);
    expect(audit.acts).toEqual([
      { act: 'dlq redrive', subject: 'crm', outcome: 'done', counts: { moved: 1, failed: 0, newer: 0 } },
    ]);
  });

  test('takes those of a code, or the one of an id, and leaves the others visible', async () => {
    const messages = [
      aParked({ code: 'crashed' }),
      aParked({ id: '5f2c9a31-1' }),
      aParked({ id: '5f2c9a32-2' }),
    ];
    const { deps, memory } = setUp(messages);
    await redriveDlq(redrive({ code: 'crashed', yes: true }), deps);
    expect(
      memory
        .at(CRM_DLQ_URL)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['5f2c9a31-1', '5f2c9a32-2']);
    await redriveDlq(redrive({ id: '5f2c9a31', yes: true }), deps);
    expect(memory.at(CRM_DLQ_URL).map(({ id }) => id)).toEqual(['5f2c9a32-2']);
    expect(memory.hidden.size).toBe(0);
  });

  test('publishes what the topic could not deliver to the topic again', async () => {
    const message = aParked({ code: 'none' });
    const { deps, published, memory } = setUp([], { topicDlq: [message] });
    await redriveDlq(redrive({ queue: 'event-topic', all: true, yes: true }), deps);
    expect(published).toEqual([
      { arn: expect.stringContaining(':events'), body: message.body, attributes: message.attributes },
    ]);
    expect(memory.at(TOPIC_DLQ_URL)).toEqual([]);
  });

  test('leaves what came, or came back, after it began', async () => {
    const [old, newer] = [aParked(), aParked({ sentAt: NOW + 60_000 })];
    const { deps, memory, screen } = setUp([old, newer]);
    const { json, exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect(json).toMatchObject({ moved: 1, newer: 1, failed: 0 });
    expect(exitCode).toBe(1);
    expect(memory.at(CRM_DLQ_URL)).toEqual([newer]);
    expect(screen.text()).toContain('1 came while this went on');
  });

  test('leaves what is parked again at once, which the clocks do not tell from what was there', async () => {
    const messages = [aParked(), aParked()];
    const { deps, memory, screen } = setUp(messages);
    memory.hooks.onSend = () => {
      for (const { body, attributes } of memory.at(CRM_URL).splice(0))
        memory.at(CRM_DLQ_URL).push({ ...aParked({ sentAt: NOW + 5 }), body, attributes });
    };
    const { json, exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect([json, exitCode]).toMatchObject([{ moved: 2, newer: 2, stopped: false }, 1]);
    expect(memory.at(CRM_DLQ_URL)).toHaveLength(2);
    expect(screen.text()).toContain('2 came while this went on, or came back');
  });

  test('comes to an end even where clocks do not tell what came back, and says why', async () => {
    const { deps, memory, screen } = setUp(Array.from({ length: 20 }, () => aParked()));
    memory.hooks.onSend = () => void memory.at(CRM_DLQ_URL).push(aParked(), aParked());
    const { exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect(memory.at(CRM_URL)).toHaveLength(2 * 20 + 100);
    expect(exitCode).toBe(1);
    expect(screen.text()).toContain('Stopped: more came than there were.');
  });

  test('keeps what was refused, says why, and ends with 1', async () => {
    const messages = [aParked(), aParked(), aParked()];
    const { deps, memory, screen, audit } = setUp(messages);
    const refused = JSON.parse(messages[1]?.body ?? '').id;
    memory.faults.send = (id) => (id === refused ? 'InternalError' : undefined);
    const { json, exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect(json).toMatchObject({ moved: 2, failed: 1 });
    expect(exitCode).toBe(1);
    expect(memory.at(CRM_DLQ_URL)).toEqual([messages[1]]);
    expect(screen.text()).toContain('InternalError');
    expect(audit.acts[0]).toMatchObject({ outcome: 'failed', counts: { moved: 2, failed: 1 } });
  });

  test('says of a message that it could not delete that it is there twice', async () => {
    const { deps, memory, screen } = setUp([aParked({ id: 'stuck' })]);
    memory.faults.remove = () => 'InternalError';
    const { json } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect(json).toMatchObject({ moved: 0, failed: 1 });
    expect(memory.calls.remove).toBe(3);
    expect(screen.text()).toContain('twice');
  });

  test('finishes the messages in hand when it is stopped, and gives back the others', async () => {
    const { deps, memory, audit, around, screen } = setUp(Array.from({ length: 100 }, () => aParked()));
    memory.hooks.onSend = () => around.stop.abort();
    const { exitCode } = await redriveDlq(redrive({ all: true, yes: true }), deps);
    const moved = memory.at(CRM_URL).length;
    expect(moved).toBeGreaterThan(0);
    expect(memory.at(CRM_DLQ_URL)).toHaveLength(100 - moved);
    expect(memory.hidden.size).toBe(0);
    expect(exitCode).toBe(1);
    expect(audit.acts[0]).toMatchObject({ outcome: 'stopped', counts: { moved } });
    expect(screen.text()).toContain('visible again');
  });

  test('sends large messages in batches that SQS takes', async () => {
    const large = Array.from({ length: 4 }, () => aParked());
    const bodies = large.map((message) => ({
      ...message,
      body: JSON.stringify({ id: message.id, filler: 'x'.repeat(150_000) }),
    }));
    const { deps, memory } = setUp(bodies);
    await redriveDlq(redrive({ all: true, yes: true }), deps);
    expect(memory.at(CRM_URL)).toHaveLength(4);
    expect(memory.calls.send).toBe(4);
  });

  test('does nothing that it cannot note', async () => {
    const { deps, memory } = setUp([aParked()], { audit: anAudit({ isUnavailable: true }) });
    await expect(redriveDlq(redrive({ all: true, yes: true }), deps)).rejects.toThrow('audit-unavailable');
    expect(memory.at(CRM_DLQ_URL)).toHaveLength(1);
  });

  test.each([{}, { all: true, code: 'x' }, { id: 'a', code: 'x' }])(
    'rejects %j, which does not say what',
    async (flags) => {
      await expect(redriveDlq(redrive(flags), setUp([]).deps)).rejects.toMatchObject({ code: 'usage' });
    },
  );

  test('rejects quarantine, where forged events end', async () => {
    const { deps } = setUp([]);
    await expect(redriveDlq(redrive({ queue: 'quarantine', all: true }), deps)).rejects.toMatchObject({
      code: 'usage',
    });
  });

  test('moves a hundred thousand messages without keeping them', async () => {
    const total = 100_000;
    let [left, held, most, moved] = [total, 0, 0, 0];
    const queues = {
      ...(await setUp([]).memory.queues()),
      depth: async (url: string) => ({
        visible: url === CRM_URL ? 0 : total,
        inFlight: 0,
        delayed: 0,
        deadLetterUrl: CRM_DLQ_URL,
      }),
      receive: async (_: string, __: number, asked = 10) => {
        const count = Math.min(asked, left);
        left -= count;
        held += count;
        most = Math.max(most, held);
        return Array.from({ length: count }, () => ({ ...aParked(), handle: 'handle', receives: 1 }));
      },
      send: async (_: string, messages: readonly unknown[]) => messages.map(() => undefined),
      remove: async (_: string, messages: readonly unknown[]) => {
        held -= messages.length;
        moved += messages.length;
        return messages.map(() => undefined);
      },
    };
    await redriveDlq(redrive({ all: true, yes: true }), { ...setUp([]).deps, queues: async () => queues });
    expect({ moved, left }).toEqual({ moved: total, left: 0 });
    expect(most).toBeLessThanOrEqual(40);
  });
});

describe('the queue of mails, of a stack with invitations', () => {
  const [MAIL_URL, MAIL_DLQ_URL] = ['https://sqs/0/mail', 'https://sqs/0/mail-dlq'];
  const [ID, OTHER] = ['8sGk2vQ0yYkz1mJr3wXb5A', '9sGk2vQ0yYkz1mJr3wXb5B'];
  const inParking = (code: string, body: object, id: string): StoredMessage => ({
    ...{ id, sentAt: NOW - 60_000, body: JSON.stringify(body) },
    attributes: { parked: JSON.stringify({ code, words: 'Why.', time: new Date(NOW).toISOString() }) },
  });
  const mail = inParking('mail-rejected', { kind: 'send', id: ID, sending: 1 }, 'mail-1-of-many');
  const told = inParking(
    'mail-message-unknown',
    {
      eventType: 'Delivery',
      mail: { destination: ['ada@example.com'], tags: { invitation: [OTHER], sending: ['1'] } },
    },
    'told-1-of-many',
  );

  function setUpMails(parked: StoredMessage[]) {
    const memory = queuesInMemory({ [MAIL_DLQ_URL]: parked }, { [MAIL_URL]: MAIL_DLQ_URL });
    const [screen, audit] = [aScreen(), anAudit()];
    const known = { InvitationMailQueueUrl: MAIL_URL, InvitationMailDeadLetterQueueUrl: MAIL_DLQ_URL };
    const own = { outputs: async () => outputs(known), queues: memory.queues };
    return { deps: { ...setUp([]).deps, ...screen, ...audit, ...own }, memory, screen, audit };
  }

  test('is counted, with what waits and what was given up', async () => {
    const { deps, screen } = setUpMails([mail]);
    const { json } = await listDlqs({}, deps);
    expect(json).toContainEqual({ queue: 'invitation-mail', waiting: 0, inFlight: 0, parked: 1 });
    expect(screen.text()).toContain('npx punctual dlq show invitation-mail');
  });

  test('is shown by invitation, and without an address that SES tells', async () => {
    const { deps, screen } = setUpMails([mail, told]);
    const { json } = await showDlq({ ...SHOW, queue: 'invitation-mail' }, deps);
    expect(json).toMatchObject({
      messages: [
        { code: 'mail-rejected', type: 'mail', invitation: ID },
        { code: 'mail-message-unknown', type: 'Delivery told by SES', invitation: OTHER },
      ],
    });
    for (const text of [screen.text(), JSON.stringify(json)]) expect(text).not.toContain('ada@');
    expect(screen.text()).toContain(`  invitation ${ID}`);
    expect(screen.text()).toContain('npx punctual dlq redrive invitation-mail --all');
  });

  test('takes back what is redriven, as it was', async () => {
    const { deps, memory, audit } = setUpMails([mail, told]);
    const { exitCode } = await redriveDlq(
      redrive({ queue: 'invitation-mail', code: 'mail-rejected', yes: true }),
      deps,
    );
    expect(exitCode).toBe(0);
    expect(memory.at(MAIL_URL)).toMatchObject([{ body: mail.body, attributes: {} }]);
    expect(memory.at(MAIL_DLQ_URL)).toEqual([told]);
    expect(audit.acts).toMatchObject([
      { act: 'dlq redrive', subject: 'invitation-mail with code mail-rejected', outcome: 'done' },
    ]);
  });

  test('fails for a stack without invitations, which has no such queue', async () => {
    await expect(showDlq({ ...SHOW, queue: 'invitation-mail' }, setUp([]).deps)).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
