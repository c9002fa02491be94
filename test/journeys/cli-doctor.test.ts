import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { punctualOn } from '../helpers/punctual';
import { aRegistration, postSigned } from '../helpers/signed-post';

let run: LocalRun;

// What no key fits is given up a minute after it was accepted; three seconds here.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 20 });
}, 90_000);
afterAll(() => run?.stop());

type Diagnosis = readonly { readonly check: string; readonly status: string; readonly todo?: string }[];

const notOk = (found: Diagnosis) => found.filter(({ status }) => status !== 'ok').map(({ check }) => check);

test('the doctor finds a fresh run well, and says what one may do besides', async () => {
  const punctual = punctualOn(run);
  const { exitCode, json } = await punctual.ask<Diagnosis>('doctor');
  expect([exitCode, notOk(json)]).toEqual([0, ['actions']]);
  const { stdout } = await punctual.run(['doctor']);
  expect(stdout).toMatch(/^warn {2}actions .* is not in the tenant;$/m);
  expect(stdout).toMatch(/^ +npx punctual actions deploy --directory \S+$/m);
});

test('quarantine shows a forged event, and drops it when it is told twice', async () => {
  const [mine, onAws] = [punctualOn(run), punctualOn(run, 'stack')];
  const forged = await aRegistration(run, 'auth0|mallory', { email: 'mallory@example.com' });
  const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
  await postSigned(run, { ...forged, data: { ...forged.data, system: 'crm' } }, { secret });
  const none = await mine.run(['quarantine', 'show', '--code', 'signature-expired']);
  expect(none.stdout).toMatch(/^(No such message|The queue is empty)\.\n$/);
  const code = await waitFor('the event', async () => {
    const { json } = await mine.ask<{ codes: { code: string; count: number }[] }>('quarantine', 'list');
    return json.codes[0];
  });
  expect(code).toMatchObject({ code: 'signature-invalid', count: 1 });
  const shown = await onAws.run(['quarantine', 'show', '--code', 'signature-invalid']);
  expect(shown.stdout).toMatch(/^ +event +reg_auth0-mallory$/m);
  expect(shown.stdout).not.toContain('@');
  expect((await mine.run(['quarantine', 'show', '--body'])).stdout).toContain('mallory@example.com');

  const { json: found } = await mine.ask<Diagnosis>('doctor');
  expect(found.find(({ check }) => check === 'quarantine')).toMatchObject({ status: 'warn' });
  expect((await onAws.run(['quarantine', 'drop', '--all'])).stdout).toMatch(
    /^Would delete 1 event for ever\.\nNothing was changed\./,
  );
  const dropped = await onAws.ask('quarantine', 'drop', '--code', 'signature-invalid', '--yes');
  expect(dropped).toMatchObject({ exitCode: 0, json: { dryRun: false, dropped: 1, failed: 0 } });
  expect((await mine.run(['quarantine', 'list'])).stdout).toBe('Quarantine is empty.\n');
  const { json: rows } = await mine.ask<object[]>('audit', 'list');
  expect(rows).toMatchObject([{ act: 'quarantine drop', outcome: 'done', counts: { dropped: 1 } }]);
});

test('the doctor ends with 1 where something is wrong, and each finding says what to do', async () => {
  const punctual = punctualOn(run);
  const event = { ...(await aRegistration(run, 'auth0|yesterday')), time: 'yesterday' };
  await postSigned(run, { ...event, data: { ...event.data, system: 'crm' } });
  await waitFor('a parked message', async () => {
    const { json } = await punctual.ask<{ queue: string; parked: number }[]>('dlq', 'list');
    return json.find(({ queue }) => queue === 'crm')?.parked === 1;
  });
  await run.control('POST', '/faults', {
    ...{
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      when: 'before',
      effect: 'error',
      status: 400,
    },
  });
  const { exitCode, json } = await punctual.ask<Diagnosis>('doctor');
  await run.control('DELETE', '/faults');
  expect([exitCode, json.find(({ check }) => check === 'dlqs')?.todo]).toEqual([
    1,
    `What they are: npx punctual dlq show crm --directory ${run.directory}`,
  ]);
  expect(json.find(({ check }) => check === 'signing secret')).toMatchObject({ status: 'fail' });
  for (const { status, todo } of json) expect(status === 'ok' || Boolean(todo)).toBe(true);
});

test('fails with 3 when the run has ended, or there is none', async () => {
  const [gone, nothing] = [punctualOn(run, 'stack'), punctualOn({ ...run, directory: '/nowhere' })];
  await run.stop();
  expect(await nothing.run(['doctor'])).toMatchObject({
    ...{
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(/^punctual: no-local-run: .*npm start.*\n$/),
    },
  });
  expect(await gone.run(['outputs'])).toMatchObject({
    ...{ exitCode: 3, stdout: '', stderr: expect.stringMatching(/^punctual: unreachable: [^\n]*\n$/) },
  });
});
