import type { Emission } from '../../../auth0-actions/emit/emit';
import { EMIT_CODES, type EmitCode, NotEmitted } from '../../../auth0-actions/emit/emit-codes';
import { runLoudly } from '../../../auth0-actions/emit/run-loudly';

/** With these there is nothing left to do. */
const DONE: readonly EmitCode[] = ['emitted', 'test-event', 'other-event', 'not-come-yet', 'bad-event'];
const NOT_DONE = (Object.keys(EMIT_CODES) as EmitCode[]).filter((code) => !DONE.includes(code));

function run(work: () => Promise<Emission>) {
  const lines: string[] = [];
  const done = runLoudly('event-stream', work, { log: (line) => lines.push(line), now: () => 1_000 });
  return { done, lines };
}

test.each(DONE)('with %s it is over, and one line says so', async (code) => {
  const { done, lines } = run(async () => ({ code, eventId: 'evt_1' }));
  await expect(done).resolves.toBeUndefined();
  expect(lines).toEqual([`{"punctual":"event-stream","code":"${code}","eventId":"evt_1","ms":0}`]);
});

test.each(NOT_DONE)('fails with %s, so that Auth0 tries again', async (code) => {
  const { done, lines } = run(async () => ({ code, status: 503, attempts: 2 }));
  await expect(done).rejects.toThrow(new Error(`punctual: ${code}`));
  expect(lines).toEqual([`{"punctual":"event-stream","code":"${code}","status":503,"attempts":2,"ms":0}`]);
});

test('fails with the code of what could not be sent', async () => {
  const { done, lines } = run(() => Promise.reject(new NotEmitted('missing-secret')));
  await expect(done).rejects.toThrow('punctual: missing-secret');
  expect(lines).toHaveLength(1);
});

test('takes an event that can never be sent for done: four tries would find it the same', async () => {
  await expect(run(() => Promise.reject(new NotEmitted('bad-event'))).done).resolves.toBeUndefined();
});

test('fails on anything else without its words, as they may quote a person', async () => {
  const { done, lines } = run(() => Promise.reject(new Error('cannot send ada@example.com')));
  await expect(done).rejects.toThrow(new Error('punctual: unexpected'));
  expect(lines).toEqual(['{"punctual":"event-stream","code":"unexpected","ms":0}']);
});
