import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInstance } from '../../../local/functions/instance/instance';
import { NOW } from '../../helpers/events';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'punctual-instance-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function anInstance(handler: string) {
  const handlerFile = join(directory, 'index.mjs');
  writeFileSync(handlerFile, handler);
  const spec = {
    ...{ name: 'crm', physicalName: 'crm-1', arn: 'arn:crm', handlerFile, handlerName: 'handler' },
    ...{ environment: {}, memoryMb: 256, timeoutMs: 5_000 },
  };
  const clock = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };
  return startInstance({ spec, clock, environment: {}, origins: {}, log: () => undefined } as never);
}

test('an instance has the memory of its function, and little for what is new: a run has dozens of them', async () => {
  const instance = anInstance(
    "import { resourceLimits } from 'node:worker_threads'; export const handler = async () => resourceLimits;",
  );
  const invocation = await instance.invoke({});
  await instance.kill();
  expect(invocation).toMatchObject({
    ok: true,
    result: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 },
  });
});
