import type { ActionRun } from '../../../local/auth0/action-runner';
import { createEventStream, type EventStream } from '../../../local/auth0/event-stream';
import { SAMPLE_USER } from '../../../local/auth0/sample-user';
import { TenantUsers, type UserChange } from '../../../local/auth0/tenant-users';
import { waitFor } from '../../helpers/wait-for';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const ADA = SAMPLE_USER.parse({
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
  user: { user_id: 'auth0|ada', email: 'ada@example.com' },
});
const GRACE = SAMPLE_USER.parse({
  connection: { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' },
  user: { user_id: 'google-oauth2|7' },
});

const FAILED = { code: 'unavailable', threw: true };
const DONE = { code: 'emitted', threw: false };

interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

/** A stream to an Action that ends in these ways, one after the other, then well. Waits take no time. */
function aStream(ends: ActionRun[] = [], isOn = true) {
  const handed: Message[] = [];
  const waits: number[] = [];
  const lost: object[] = [];
  const stream: EventStream = createEventStream({
    domain: 'acme.eu.auth0.com',
    runner: {
      run: async (handler, eventWith) => {
        expect(handler).toBe('onExecuteEventStream');
        const { message, secrets } = eventWith({ KEY: 'k' }) as { message: Message; secrets: object };
        expect(secrets).toEqual({ KEY: 'k' });
        handed.push(message);
        return ends.shift() ?? DONE;
      },
    },
    clock: {
      ...{ now: () => NOW, scale: 1, startedAt: NOW },
      realDelayMs: (ms) => {
        waits.push(ms);
        return 0;
      },
    },
    current: () => ({ isOn }),
    onLost: (event) => lost.push(event),
  });
  const settled = (count: number) =>
    waitFor(`${count} events`, async () => handed.length >= count && handed, 2_000);
  return { stream, handed, waits, lost, settled };
}

describe('users of a tenant', () => {
  const users = () => new TenantUsers(() => NOW);

  test('have the profile that Auth0 shows, and one that changes says what was before', () => {
    const tenant = users();
    const created = tenant.signUp(ADA);
    expect(created).toMatchObject({
      type: 'user.created',
      object: { user_id: 'auth0|ada', created_at: '2026-11-20T09:00:00.000Z', email: 'ada@example.com' },
    });
    expect(created.object.identities).toEqual([
      {
        connection: 'Username-Password-Authentication',
        provider: 'auth0',
        user_id: 'ada',
        isSocial: false,
      },
    ]);
    const { object, previous } = tenant.change('auth0|ada', { email: 'new@example.com' });
    expect(previous).toEqual(created.object);
    expect(object).toEqual({
      ...created.object,
      email: 'new@example.com',
      updated_at: '2026-11-20T09:00:00.001Z',
    });
  });

  test('that are linked become one: the one changes, the other is deleted', () => {
    const tenant = users();
    tenant.signUp(ADA);
    tenant.signUp(GRACE);
    const [updated, deleted] = tenant.link('auth0|ada', 'google-oauth2|7') as [UserChange, UserChange];
    expect(updated.object.identities).toMatchObject([
      { provider: 'auth0', isSocial: false },
      { provider: 'google-oauth2', user_id: '7', isSocial: true },
    ]);
    expect(deleted).toMatchObject({
      type: 'user.deleted',
      object: { user_id: 'google-oauth2|7', deleted_at: expect.any(String) },
    });
    expect(() => tenant.change('google-oauth2|7', {})).toThrow('Nobody signed up');
  });

  test('rejects what is told of somebody who never signed up, and linking a user to itself', () => {
    const tenant = users();
    tenant.signUp(ADA);
    expect(() => tenant.remove('auth0|nobody')).toThrow('Nobody signed up as "auth0|nobody" in this run');
    expect(() => tenant.link('auth0|ada', 'auth0|ada')).toThrow('cannot be linked to itself');
  });
});

describe('the stream', () => {
  const change = () => new TenantUsers(() => NOW).signUp(ADA);

  test('hands over a CloudEvent, of which there is no more than Auth0 documents of an Action', async () => {
    const { stream, settled } = aStream();
    const told = change();
    stream.tell([told]);
    expect(await settled(1)).toEqual([
      {
        ...{ specversion: '1.0', type: 'user.created', source: 'urn:auth0:acme.eu.auth0.com' },
        id: expect.stringMatching(/^evt_[0-9A-Za-z]{22}$/),
        time: '2026-11-20T09:00:00.000Z',
        data: { object: told.object, context: expect.anything() },
      },
    ]);
  });

  test('tries the same event again while the Action throws', async () => {
    const { stream, settled, waits, lost } = aStream([FAILED, FAILED, FAILED]);
    stream.tell([change()]);
    const handed = await settled(4);
    expect(new Set(handed.map(({ id }) => id)).size).toBe(1);
    // A second on the way, then one, two and four.
    expect(waits).toEqual([1_000, 1_000, 2_000, 4_000]);
    expect(lost).toEqual([]);
  });

  test('gives an event up after four attempts, and says so', async () => {
    const { stream, lost, handed } = aStream([FAILED, FAILED, FAILED, FAILED]);
    stream.tell([change()]);
    await waitFor('a lost event', async () => lost.length > 0, 2_000);
    expect(lost).toEqual([{ type: 'user.created', code: 'unavailable' }]);
    expect(handed).toHaveLength(4);
  });

  test('delivers an event twice when it is told to', async () => {
    const { stream, settled } = aStream();
    stream.repeat(2);
    stream.tell([change()]);
    const [one, other] = await settled(2);
    expect(one).toEqual(other);
  });

  test('ends with thousands of changes under way, and delivers none of them', async () => {
    const { stream, handed } = aStream();
    stream.tell(Array.from({ length: 2_000 }, change));
    stream.stop();
    stream.tell([change()]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(handed).toEqual([]);
  });

  test('tells nothing while it is switched off, and nothing after the end', async () => {
    const off = aStream([], false);
    off.stream.tell([change()]);
    const stopped = aStream();
    stopped.stream.tell([change()]);
    stopped.stream.stop();
    const on = aStream();
    on.stream.tell([change()]);
    await on.settled(1);
    expect([...off.handed, ...stopped.handed]).toEqual([]);
  });
});
