import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { ServedSocketStage } from '../../../../local/api-gateway/v2/socket/call-route';
import { Connections } from '../../../../local/api-gateway/v2/socket/connections';
import { LiveConnection } from '../../../../local/api-gateway/v2/socket/live-connection';
import { createClock } from '../../../../local/clock';

const MINUTE = 60_000;
/** The clock of the run goes ten times as fast. */
const SCALE = 10;

const PLACE = { accountId: '0', apiId: 'api', stage: 'live', domainName: 'api.example.com' };

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly sent: string[] = [];
  closed: [number, string] | undefined;

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number, reason: string): void {
    this.closed = [code, reason];
    this.readyState = 2;
    this.emit('close', code, Buffer.from(reason));
  }
}

let socket: FakeSocket;
let connections: Connections;
let connection: LiveConnection;
beforeEach(() => {
  jest.useFakeTimers();
  socket = new FakeSocket();
  connections = new Connections();
  const served = {
    ...{ place: PLACE, connections, clock: createClock(SCALE), routes: new Map() },
    ...{
      stage: { variables: {} },
      select: () => undefined,
      accessLog: () => undefined,
      measure: () => undefined,
    },
  } as unknown as ServedSocketStage;
  const facts = {
    place: PLACE,
    connectionId: 'one=',
    connectedAt: 0,
    identity: { sourceIp: '', userAgent: '' },
  };
  connection = new LiveConnection(served, facts, socket as unknown as WebSocket);
});
afterEach(() => jest.useRealTimers());

const pass = (virtualMs: number) => jest.advanceTimersByTime(virtualMs / SCALE);

test('a connection ends after ten idle minutes of the run, and nothing can be sent to it any more', () => {
  pass(9 * MINUTE);
  expect(socket.closed).toBeUndefined();
  expect(connections.find('api', 'live', 'one=')).toBe(connection);
  pass(MINUTE);
  expect(socket.closed).toEqual([1001, 'Going away']);
  expect(connections.find('api', 'live', 'one=')).toBeUndefined();
  expect(connection.send('late')).toBe(false);
});

test('messages in both directions keep it, until two hours are over', () => {
  for (let nines = 1; nines <= 13; nines += 1) {
    pass(9 * MINUTE);
    if (nines % 2 === 0) connection.send('out');
    else socket.emit('message', Buffer.from('in'), false);
  }
  expect(socket.closed).toBeUndefined();
  pass(3 * MINUTE);
  expect(socket.closed).toEqual([1001, 'Connection duration limit exceeded']);
});

test('a connection is found at its own stage of its own API only', () => {
  expect(connections.find('api', 'other', 'one=')).toBeUndefined();
  expect(connections.find('other', 'live', 'one=')).toBeUndefined();
});
