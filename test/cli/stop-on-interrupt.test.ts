import { getMaxListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { stopOnInterrupt } from '../../cli/stop-on-interrupt';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Without what the process had before, and without the handlers afterwards. */
function withSignals(act: () => void): void {
  const before = SIGNALS.map((name) => process.listeners(name));
  try {
    act();
  } finally {
    SIGNALS.forEach((name, index) => {
      for (const listener of process.listeners(name))
        if (!before[index]?.includes(listener)) process.off(name, listener);
    });
  }
}

test('as many as there are calls may wait for the end, and Node does not take it for a leak', () => {
  withSignals(() => expect(getMaxListeners(stopOnInterrupt(new PassThrough()))).toBe(0));
});

test("the first signal ends what goes on, and the second one is the system's again", () => {
  withSignals(() => {
    const before = process.listenerCount('SIGINT');
    const stopping = stopOnInterrupt(new PassThrough());
    process.emit('SIGINT');
    expect([stopping.aborted, process.listenerCount('SIGINT')]).toEqual([true, before]);
  });
});
