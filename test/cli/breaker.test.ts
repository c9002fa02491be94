import { createSystemItems } from '../../cli/aws/dynamodb-system-items';
import { closeBreaker } from '../../cli/breaker/close';
import { showStatus } from '../../cli/status/status';
import type { BreakerState } from '../../events/breaker-state';
import { type Dynalite, startDynalite } from '../helpers/dynalite';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, surroundings } from './helpers/deps';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite();
  await dynalite.makeTable('systems', { system: 'S', item: 'S' });
});
afterAll(() => dynalite?.stop());

function itemOf(system: string, item = 'breaker') {
  const clock = { now: () => NOW, learn: () => undefined, aheadMs: () => 0 };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const config = { endpoint: dynalite.url, region: 'us-east-1', credentials };
  return createSystemItems({ config, clock })('systems', { system, item });
}

/** A stack whose CRM is as said; the help desk never had a breaker that opened. */
async function setUp(crm: BreakerState | object) {
  const screen = aScreen();
  const audit = anAudit();
  const item = itemOf('crm');
  await item.write(crm, await item.read());
  const never = async () => {
    throw new Error('not asked for');
  };
  const deps = {
    ...surroundings(),
    ...{ ...screen, ...audit, links: never, secrets: never },
    systemItems: async () => (_: string, key: { system: string; item: string }) =>
      itemOf(key.system, key.item),
  };
  return { deps, screen, audit, status: () => showStatus({ watch: false, limit: 1 }, deps) };
}

const OPEN: BreakerState = {
  ...{ state: 'open', since: NOW - 4 * MINUTE, openings: 3, code: 'remote-unauthorized' },
  probeAt: NOW + 90 * SECOND,
};

describe('the status of the systems', () => {
  test('says which is left alone, since when, why, and when it is tried again', async () => {
    const { screen, status } = await setUp(OPEN);
    const { json } = await status();
    expect(screen.text()).toMatch(/crm +open +4m +in 1m +remote-unauthorized/);
    expect(screen.text()).toMatch(/help-desk +closed/);
    expect(screen.text()).toContain('remote-unauthorized: The system refused our credentials.');
    expect(json).toEqual({
      systems: [
        {
          system: 'crm',
          breaker: {
            ...{ state: 'open', openings: 3, code: 'remote-unauthorized' },
            since: new Date(NOW - 4 * MINUTE).toISOString(),
            probeAt: new Date(NOW + 90 * SECOND).toISOString(),
          },
        },
        { system: 'help-desk', breaker: { state: 'closed' } },
      ],
    });
  });

  test.each<[string, Partial<BreakerState>, RegExp]>([
    [
      'a probe under way',
      { state: 'half-open', probeAt: NOW, probe: { token: 't', until: NOW + 1 } },
      /under way/,
    ],
    [
      'a probe whose worker died',
      { state: 'half-open', probeAt: NOW, probe: { token: 't', until: NOW } },
      /next message/,
    ],
    ['an open breaker that nobody tries', { probeAt: NOW }, /next message/],
    [
      'a pause that the system asked for',
      { state: 'closed', pausedUntil: NOW + 9 * SECOND },
      /closed +4m +9s more/,
    ],
  ])('shows %s', async (_, fields, shown) => {
    const { screen, status } = await setUp({ ...OPEN, ...fields });
    await status();
    expect(screen.lines[1]).toMatch(shown);
  });

  test('fits into 80 columns, and brings nothing of a table to the screen that is not plain', async () => {
    const { screen, status } = await setUp({ ...OPEN, code: `\u001b[2J${'x'.repeat(200)}` });
    await status();
    expect(screen.lines.slice(0, 3).every((line) => line.length <= 80)).toBe(true);
    expect(screen.text()).not.toContain('\u001b');
  });

  test('shows how long calls wait for their turn', async () => {
    const { screen, status } = await setUp(OPEN);
    const bucket = itemOf('help-desk', 'bucket');
    await bucket.write({ nextAt: NOW + 3 * SECOND }, await bucket.read());
    expect((await status()).json).toMatchObject({
      systems: [{}, { nextTurnAt: new Date(NOW + 3 * SECOND).toISOString() }],
    });
    expect(screen.text()).toMatch(/help-desk +closed +in 3s/);
    await bucket.write({ nextAt: 0 }, await bucket.read());
  });

  test('of a form that a newer version may have written fails', async () => {
    const { status } = await setUp({ state: 'ajar' });
    await expect(status()).rejects.toMatchObject({ code: 'item-unreadable' });
  });
});

describe('closing a breaker by hand', () => {
  test('lets messages go, begins pauses anew, and is noted', async () => {
    const { deps, screen, audit } = await setUp({ ...OPEN, pausedUntil: NOW + MINUTE });
    const { json } = await closeBreaker({ system: 'crm' }, deps);
    expect(json).toEqual({ system: 'crm', was: 'open', changed: true });
    expect((await itemOf('crm').read())?.value).toEqual({ state: 'closed', since: NOW, openings: 0 });
    expect(audit.acts).toEqual([{ act: 'breaker close', subject: 'crm', outcome: 'done' }]);
    expect(screen.text()).toBe('crm is called again.');
  });

  test('of one that is closed changes nothing', async () => {
    const { deps, screen, audit } = await setUp({ state: 'closed', since: 7, openings: 1 });
    for (const system of ['crm', 'help-desk']) await closeBreaker({ system }, deps);
    expect((await itemOf('crm').read())?.value).toEqual({ state: 'closed', since: 7, openings: 1 });
    expect(audit.acts).toEqual([]);
    expect(screen.lines).toEqual([
      'The breaker of crm is closed already.',
      'The breaker of help-desk is closed already.',
    ]);
  });

  test('ends a pause that the system asked for', async () => {
    const { deps } = await setUp({ state: 'closed', since: 7, openings: 1, pausedUntil: NOW + MINUTE });
    expect((await closeBreaker({ system: 'crm' }, deps)).json).toMatchObject({
      was: 'closed',
      changed: true,
    });
  });

  test('fails when a worker writes at the same moment, and theirs stays', async () => {
    const { deps } = await setUp(OPEN);
    const item = itemOf('crm');
    const racing = {
      ...deps,
      systemItems: async () => () => ({
        read: item.read,
        write: async (...of: Parameters<typeof item.write>) => {
          await item.write({ ...OPEN, openings: 4 }, of[1]);
          return item.write(...of);
        },
      }),
    };
    await expect(closeBreaker({ system: 'crm' }, racing)).rejects.toMatchObject({ code: 'breaker-changed' });
    expect((await item.read())?.value).toMatchObject({ state: 'open', openings: 4 });
  });

  test('rejects a system that there is not', async () => {
    const { deps } = await setUp(OPEN);
    await expect(closeBreaker({ system: 'x' }, deps)).rejects.toMatchObject({ code: 'no-system' });
  });
});

describe('a system with instances', () => {
  async function abroad() {
    const { deps, ...rest } = await setUp({ state: 'closed', since: 0, openings: 0 });
    const { values, ...outputs } = await deps.outputs();
    const instances = { ...outputs, values: { ...values, InstancesCrm: 'de,fr' } };
    const ofGermany = itemOf('crm', 'breaker#de');
    await ofGermany.write(OPEN, await ofGermany.read());
    return { ...rest, ofGermany, deps: { ...deps, outputs: async () => instances } };
  }

  test('has a breaker for each, and the status says which is left alone', async () => {
    const { deps, screen } = await abroad();
    const { json } = await showStatus({ watch: false, limit: 1, system: 'crm' }, deps);
    expect(screen.text()).toMatch(/crm\/de +open/);
    expect(screen.text()).toMatch(/crm\/fr +closed/);
    expect(json).toMatchObject({ systems: [{ system: 'crm', instance: 'de' }, { instance: 'fr' }] });
  });

  test('has that of one closed by its name, and by no other', async () => {
    const { deps, ofGermany, audit } = await abroad();
    await expect(closeBreaker({ system: 'crm' }, deps)).rejects.toMatchObject({ exitCode: 2 });
    await expect(closeBreaker({ system: 'crm', instance: 'jp' }, deps)).rejects.toMatchObject({
      exitCode: 2,
    });
    const help = closeBreaker({ system: 'help-desk', instance: 'de' }, deps);
    await expect(help).rejects.toMatchObject({ exitCode: 2 });
    expect((await closeBreaker({ system: 'crm', instance: 'de' }, deps)).json).toMatchObject({
      ...{ instance: 'de', was: 'open', changed: true },
    });
    expect((await ofGermany.read())?.value).toMatchObject({ state: 'closed' });
    expect(JSON.stringify(audit)).toContain('crm/de');
  });
});
