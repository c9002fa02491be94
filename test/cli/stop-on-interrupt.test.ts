import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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

/** In a process of its own: Jest has signals of its own, of which Node counts no listeners. */
const MANY_WAIT = `
  const { stopOnInterrupt } = require('./cli/stop-on-interrupt');
  const stopping = stopOnInterrupt(process.stderr);
  for (let call = 0; call < 30; call += 1) stopping.addEventListener('abort', () => undefined);
`;

test('as many as there are calls may wait for the end, and Node does not take it for a leak', () => {
  const child = spawnSync(process.execPath, ['--import', 'tsx', '-e', MANY_WAIT], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect([child.status, child.stderr]).toEqual([0, '']);
});

test("the first signal ends what goes on, and the second one is the system's again", () => {
  withSignals(() => {
    const before = process.listenerCount('SIGINT');
    const stopping = stopOnInterrupt(new PassThrough());
    process.emit('SIGINT');
    expect([stopping.aborted, process.listenerCount('SIGINT')]).toEqual([true, before]);
  });
});
