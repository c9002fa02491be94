import { dropQuarantine } from '../../cli/quarantine/drop';
import { listQuarantine } from '../../cli/quarantine/list';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, QUARANTINE_URL, surroundings } from './helpers/deps';
import { aParked, queuesInMemory } from './helpers/queues-in-memory';

function setUp() {
  const forged = [aParked({ code: 'signature-invalid' }), aParked({ code: 'signature-invalid' })];
  const memory = queuesInMemory({ [QUARANTINE_URL]: [...forged, aParked({ code: 'none' })] });
  const [screen, audit] = [aScreen(), anAudit()];
  return { memory, screen, audit, deps: { ...surroundings(), ...screen, ...audit, queues: memory.queues } };
}

const drop = (flags: object) => ({ all: false, yes: false, ...flags });

test('the list counts by code, strays that no worker saw among them', async () => {
  const { deps, memory } = setUp();
  const { json } = await listQuarantine({ limit: 100 }, deps);
  expect(json).toEqual({
    isEverything: true,
    hidden: 0,
    codes: [
      { code: 'signature-invalid', count: 2, oldest: NOW - 60_000 },
      { code: 'none', count: 1, oldest: NOW - 60_000 },
    ],
  });
  expect(memory.at(QUARANTINE_URL)).toHaveLength(3);
});

test('nothing is dropped without --yes', async () => {
  const { deps, memory, screen, audit } = setUp();
  await dropQuarantine(drop({ all: true }), deps);
  expect(screen.text()).toContain('Would delete 3 events for ever.');
  expect(memory.at(QUARANTINE_URL)).toHaveLength(3);
  expect(audit.acts).toEqual([]);
});

test('those of one code are dropped, and the others stay visible', async () => {
  const { deps, memory, audit } = setUp();
  const { exitCode } = await dropQuarantine(drop({ code: 'signature-invalid', yes: true }), deps);
  expect(exitCode).toBe(0);
  expect(memory.at(QUARANTINE_URL)).toHaveLength(1);
  expect(memory.hidden.size).toBe(0);
  expect(audit.acts).toEqual([
    expect.objectContaining({
      subject: 'quarantine with code signature-invalid',
      outcome: 'done',
      counts: { dropped: 2, failed: 0 },
    }),
  ]);
});

test('rejects a drop that does not say of what', async () => {
  await expect(dropQuarantine(drop({ yes: true }), setUp().deps)).rejects.toMatchObject({ code: 'usage' });
});

test.each(['', '5f2c9a3'])('rejects "%s", which may be the beginning of every id', async (id) => {
  const { deps, memory } = setUp();
  await expect(dropQuarantine(drop({ id, yes: true }), deps)).rejects.toMatchObject({ code: 'usage' });
  expect(memory.at(QUARANTINE_URL)).toHaveLength(3);
});

test('what somebody has in hand is not called an empty quarantine', async () => {
  const { deps, memory, screen } = setUp();
  for (const message of memory.at(QUARANTINE_URL).splice(0))
    memory.hidden.set(`handle of ${message.id}`, { url: QUARANTINE_URL, message });
  expect((await listQuarantine({ limit: 100 }, deps)).json).toMatchObject({ hidden: 3, codes: [] });
  expect(screen.text()).toMatch(/^No event can be seen\.\n3 more cannot be seen now/);
});
