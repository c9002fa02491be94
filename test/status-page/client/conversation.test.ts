import type { SocketMessage, StatusSnapshot } from '../../../events/status-snapshot';
import { Conversation } from '../../../status-page/client/conversation';
import type { PageData } from '../../../status-page/client/page-data';
import type { SnapshotAnswer } from '../../../status-page/client/snapshot-request';
import type { SocketEvents } from '../../../status-page/client/socket';
import { aSnapshot } from '../helpers/a-view';

const data = { snapshot: aSnapshot() } as unknown as PageData;

/** A conversation whose clock, socket and answers the test holds. */
function begin(answer: SnapshotAnswer = aSnapshot({ ticket: 'ticket.2' })) {
  const told: string[] = [];
  const sockets: { ticket: string; events: SocketEvents; closed: boolean }[] = [];
  const state = { at: 0, answer, asked: 0 };
  const conversation = new Conversation(
    data,
    {
      onSnapshot: ({ ticket }: StatusSnapshot) => told.push(`snapshot ${ticket}`),
      onStanding: (system, standing) => told.push(`${system} ${standing}`),
      onDeadEnd: () => told.push('over'),
      onLost: (lost) => told.push(lost ? 'lost' : 'there'),
    },
    {
      now: () => state.at,
      requestSnapshot: async () => {
        state.asked += 1;
        return state.answer;
      },
      openSocket: (_, ticket, events) => {
        const socket = { ticket, events, closed: false };
        sockets.push(socket);
        return {
          close: () => {
            socket.closed = true;
          },
        };
      },
    },
  );
  const later = async (ms: number) => {
    for (const end = state.at + ms; state.at < end; ) {
      state.at += 200;
      conversation.tick();
      await Promise.resolve().then(() => undefined);
    }
  };
  const hear = (message: SocketMessage) => sockets.at(-1)?.events.onMessage(message);
  conversation.start();
  return { conversation, told, sockets, state, later, hear };
}

const snapshot: SocketMessage = { type: 'snapshot', snapshot: aSnapshot() };

test('opens the socket with its ticket and passes on what it says', async () => {
  const { told, sockets, state, later, hear } = begin();
  hear(snapshot);
  hear({ type: 'standing', system: 'crm', standing: 'ready' });
  await later(4_800);
  expect(sockets.map(({ ticket }) => ticket)).toEqual(['ticket.1']);
  expect(told).toEqual(['there', 'snapshot ticket.1', 'crm ready']);
  expect(state.asked).toBe(0);
});

test('asks every 2 s while the socket does not answer', async () => {
  const { state, later } = begin();
  await later(6_200);
  expect(state.asked).toBe(3);
});

test('asks when a socket that answered is silent for 5 s', async () => {
  const { state, later, hear } = begin();
  hear(snapshot);
  await later(5_200);
  expect(state.asked).toBe(1);
});

test('opens another socket with a new ticket after one that ended', async () => {
  const { sockets, later, hear } = begin();
  hear(snapshot);
  sockets[0]?.events.onEnd();
  await later(2_200);
  expect(sockets.map(({ ticket }) => ticket)).toEqual(['ticket.1', 'ticket.2']);
});

test('says that the line is lost, keeps asking, and says that it is back', async () => {
  const { told, state, later } = begin('lost');
  await later(4_200);
  expect(told).toEqual(['lost', 'lost']);
  state.answer = aSnapshot({ ticket: 'ticket.3' });
  await later(2_000);
  expect(told).toEqual(['lost', 'lost', 'there', 'snapshot ticket.3']);
});

test('does not speak of a lost line while the socket is there', async () => {
  const { told, later, hear } = begin('lost');
  hear(snapshot);
  await later(8_000);
  expect(told).not.toContain('lost');
});

test('passes on that the token of the page counts no more, whichever way it hears so', async () => {
  const { told, later, hear } = begin('over');
  await later(2_200);
  hear({ type: 'expired' });
  expect(told).toEqual(['over', 'over']);
});

test('asks again for what came while an answer was under way', async () => {
  const { conversation, state, later } = begin();
  conversation.soon();
  conversation.soon();
  expect(state.asked).toBe(1);
  await later(400);
  expect(state.asked).toBe(2);
});

test('asks at once when the browser says that the line is gone', () => {
  const { conversation, sockets, state, hear } = begin();
  hear(snapshot);
  conversation.interrupt();
  expect([sockets[0]?.closed, state.asked]).toEqual([true, 1]);
});

test('opens no socket after its end, and can still be asked', async () => {
  const { conversation, sockets } = begin();
  conversation.end();
  expect(await conversation.ask()).toMatchObject({ ticket: 'ticket.2' });
  expect(sockets.map(({ closed }) => closed)).toEqual([true]);
});
