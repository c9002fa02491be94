import type { Emission } from '../../../auth0-actions/emit/emit';
import { NotEmitted } from '../../../auth0-actions/emit/emit-codes';
import type { RunDeps } from '../../../auth0-actions/emit/log-emission';
import { runQuietly } from '../../../auth0-actions/emit/run-quietly';

async function linesOf(work: () => Promise<Emission>, deps: Partial<RunDeps> = {}): Promise<string[]> {
  const lines: string[] = [];
  await runQuietly('post-login', work, { log: (line) => lines.push(line), now: () => 1_000, ...deps });
  return lines;
}

test('one line says how it ended', async () => {
  const lines = await linesOf(async () => ({ code: 'emitted', eventId: 'reg_1', status: 202, attempts: 1 }));
  expect(lines).toEqual([
    '{"punctual":"post-login","code":"emitted","eventId":"reg_1","status":202,"attempts":1,"ms":0}',
  ]);
});

test('a known failure is named by its code', async () => {
  const lines = await linesOf(() => Promise.reject(new NotEmitted('bad-url')));
  expect(lines).toEqual(['{"punctual":"post-login","code":"bad-url","ms":0}']);
});

test('the words of an unknown error are not repeated, as they may quote a person', async () => {
  const lines = await linesOf(() => Promise.reject(new Error('cannot send ada@example.com')));
  expect(lines).toEqual(['{"punctual":"post-login","code":"unexpected","ms":0}']);
});

test('a line is never longer than Auth0 keeps', async () => {
  const [line] = await linesOf(async () => ({ code: 'emitted', eventId: 'x'.repeat(500) }));
  expect(line).toHaveLength(256);
});

test.each([
  [
    'the log',
    {
      log: () => {
        throw new Error('no console');
      },
    },
  ],
  [
    'the clock',
    {
      now: () => {
        throw new Error('no clock');
      },
    },
  ],
])('%s may throw without anybody noticing', async (_, deps) => {
  await expect(linesOf(async () => ({ code: 'emitted' }), deps)).resolves.toEqual([]);
});
