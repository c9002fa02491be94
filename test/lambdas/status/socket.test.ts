import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SocketMessage } from '../../../events/status-snapshot';
import { createConnectRoute } from '../../../lambdas/status/socket/connect-route';
import { type Connection, createConnections } from '../../../lambdas/status/socket/connections';
import { callbackOf } from '../../../lambdas/status/socket/post-to-connection';
import { createSnapshotMessage } from '../../../lambdas/status/socket/snapshot-message';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { NOW } from '../../helpers/events';
import { aStatusToken, CLAIMS, REF, refOf, STATE, setUp, signed } from './helpers/a-login';

describe('$connect', () => {
  const knock = async (ticket: string | undefined) => {
    const { session } = setUp();
    return (await createConnectRoute(session)({ queryStringParameters: { ticket } })).statusCode;
  };
  const aTicket = (claims: object = {}) =>
    signed({ purpose: 'ticket', sub: REF, exp: NOW / 1000 + 30, ...claims });

  test('opens for a ticket', async () => {
    expect(await knock(await aTicket())).toBe(200);
  });

  test('opens for whoever asks without a query no more than for a stranger', async () => {
    expect((await createConnectRoute(setUp().session)({})).statusCode).toBe(401);
  });

  test.each([
    ['none', async () => undefined],
    ['one that is too old', () => aTicket({ exp: NOW / 1000 })],
    ['one without an end', () => aTicket({ exp: undefined })],
    [
      'one of somebody else',
      () => signed({ purpose: 'ticket', sub: REF, exp: NOW / 1000 + 30 }, 'X'.repeat(44)),
    ],
    ['one that names a person', () => aTicket({ sub: 'auth0|ada' })],
    ['a status token', () => aStatusToken()],
  ])('fails with %s', async (_, ticket) => {
    expect(await knock(await ticket())).toBe(401);
  });
});

describe('the message snapshot', () => {
  const say = async (body: string | undefined) => {
    const run = setUp();
    const added: Connection[] = [];
    const posted: [string, SocketMessage][] = [];
    const answer = await createSnapshotMessage({
      ...run.session,
      connections: { add: async (connection) => void added.push(connection) },
      post: async (...message) => {
        posted.push([message[0], message[1]]);
        return 'sent';
      },
    })({ ...(body !== undefined && { body }), requestContext: { connectionId: 'c1' } });
    return { status: answer.statusCode, added, posted, asked: run.asked };
  };
  const message = (more: object) => JSON.stringify({ action: 'snapshot', state: STATE, ...more });

  test('is answered with how things stand, and what changes is pushed from then on', async () => {
    const { added, posted } = await say(message({ session_token: await aStatusToken() }));
    expect(added).toEqual([{ userRef: REF, connectionId: 'c1', at: NOW, expiresAt: CLAIMS.exp }]);
    expect(posted).toMatchObject([['c1', { type: 'snapshot', snapshot: { systems: expect.anything() } }]]);
  });

  test("listens to the token's own person, whoever the socket was opened for", async () => {
    const session_token = await aStatusToken({ sub: 'auth0|eve' });
    const { added, asked } = await say(message({ session_token, sub: 'auth0|ada', userRef: REF }));
    expect([added[0]?.userRef, asked]).toEqual([refOf('auth0|eve'), [refOf('auth0|eve')]]);
  });

  test.each([
    ['no body', async () => undefined],
    ['no JSON', async () => 'snapshot'],
    [
      'a ticket',
      async () =>
        message({ session_token: await signed({ purpose: 'ticket', sub: REF, exp: NOW / 1000 + 30 }) }),
    ],
    [
      'a token that is too old',
      async () => message({ session_token: await aStatusToken({ exp: NOW / 1000 }) }),
    ],
    [
      'a token that is forged',
      async () => message({ session_token: await aStatusToken({}, 'X'.repeat(44)) }),
    ],
    [
      "a token of the person and nobody's state",
      async () => message({ session_token: await aStatusToken(), state: '' }),
    ],
  ])('fails with %s, and nobody is listened to', async (_, body) => {
    const { added, posted, asked } = await say(await body());
    expect({ added, posted, asked }).toEqual({ added: [], posted: [['c1', { type: 'expired' }]], asked: [] });
  });
});

describe('the table of open sockets', () => {
  let dynalite: Dynalite;
  beforeAll(async () => {
    dynalite = await startDynalite();
    await dynalite.makeTable('connections', { userRef: 'S', connectionId: 'S' });
  });
  afterAll(() => dynalite.stop());
  const table = () => createConnections(DynamoDBDocumentClient.from(dynalite.client), 'connections');

  test('knows those of one person, until they are removed', async () => {
    const connections = table();
    const [one, other] = ['c1', 'c2'].map((connectionId, index) => ({
      ...{ userRef: 'ada', connectionId, at: NOW - index, expiresAt: 7 },
    }));
    for (const each of [one, other, { userRef: 'eve', connectionId: 'c3', at: NOW, expiresAt: 7 }]) {
      await connections.add(each as Connection);
    }
    await connections.add(one as Connection);
    expect(await connections.of('ada')).toEqual([one, other]);
    await connections.remove(one as Connection);
    await connections.remove(one as Connection);
    expect(await connections.of('ada')).toEqual([other]);
  });

  test('tells of the newest ten, however often somebody loads the page', async () => {
    const connections = table();
    // The last one opened is the first by its id.
    const many = Array.from({ length: 12 }, (_, number) => ({
      ...{ userRef: 'bob', connectionId: `c${99 - number}`, at: NOW + number, expiresAt: 7 },
    }));
    await Promise.all(many.map((each) => connections.add(each)));
    expect(await connections.of('bob')).toEqual(many.toReversed().slice(0, 10));
  });
});

test('messages to a socket go to the address that it is open at', () => {
  expect(callbackOf('wss://a.execute-api.eu-west-1.amazonaws.com/live')).toBe(
    'https://a.execute-api.eu-west-1.amazonaws.com/live',
  );
  expect(callbackOf('ws://127.0.0.1:4711/live')).toBe('http://127.0.0.1:4711/live');
});
