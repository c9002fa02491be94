import type { QueuedMessages } from '../../../local/aws/fauxqs';
import { QueueRegistry } from '../../../local/aws/queues';
import { createClock } from '../../../local/clock';

const clock = { ...createClock(100), startedAt: 1_000 };

function samplesOf(visible: [number, number][], inFlight: [number, number][] = []) {
  const read = ([sentAt, receives]: [number, number]) => ({ sentAt, receives });
  const queue: QueuedMessages = { name: 'crm', visible: visible.map(read), inFlight: inFlight.map(read) };
  return new QueueRegistry({ queues: async () => [], messages: () => [queue] }, clock).samples();
}

test('the oldest message counts, wherever it is, in the time of the run', () => {
  expect(samplesOf([[3_000, 0]], [[2_000, 1]])).toEqual([
    { name: 'crm', visible: 1, notVisible: 1, oldestSentAt: 101_000 },
  ]);
});

test('a message that was received three times does not make a queue old', () => {
  expect(
    samplesOf([
      [2_000, 3],
      [4_000, 2],
    ]),
  ).toMatchObject([{ visible: 2, oldestSentAt: 301_000 }]);
  expect(samplesOf([[2_000, 3]])).toEqual([{ name: 'crm', visible: 1, notVisible: 0 }]);
});

test('an empty queue has no age', () => {
  expect(samplesOf([])).toEqual([{ name: 'crm', visible: 0, notVisible: 0 }]);
});

test('what workers parked is counted by code, wherever it is', () => {
  const parked = (code: string) => ({ sentAt: 0, receives: 0, parked: JSON.stringify({ code }) });
  const queues: QueuedMessages[] = [
    {
      name: 'crm-dlq',
      visible: [parked('invalid-time'), parked('conflict')],
      inFlight: [parked('conflict')],
    },
    { name: 'crm', visible: [{ sentAt: 0, receives: 1 }], inFlight: [] },
  ];
  const registry = new QueueRegistry({ queues: async () => [], messages: () => queues }, clock);
  expect(registry.parked()).toEqual({ 'invalid-time': 1, conflict: 2 });
});
