import { LINK_STATES, type LinkState } from '../../../events/link-state';
import { unsettledKeyOf } from '../../../events/unsettled-links';
import { userRefOf } from '../../../events/user-ref';
import { createCensus } from '../../../lambdas/census/take-census';
import { createLog } from '../../../lambdas/runtime/logger';
import { createMetrics } from '../../../lambdas/runtime/metrics';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';

/** An index with these links of `crm`, each under its own key. */
function setUp(links: readonly LinkState[] = [], systems: readonly string[] = ['crm', 'tickets']) {
  const rows = links.map((state, user) =>
    aLink({ state, code: 'remote-timeout', userRef: userRefOf('pepper', 'acme', `auth0|${user}`) }),
  );
  const lines: string[] = [];
  const asked: string[] = [];
  const index = { failing: '', complete: true, open: 0, mostOpen: 0 };
  const write = (line: string) => void lines.push(line);
  const census = createCensus({
    systems,
    unsettledUnder: async (key) => {
      asked.push(key);
      index.open += 1;
      index.mostOpen = Math.max(index.mostOpen, index.open);
      await Promise.resolve();
      index.open -= 1;
      if (index.failing !== '' && key.startsWith(index.failing)) throw new TypeError('ada@example.com');
      const found = rows.filter((row) => unsettledKeyOf(row) === key);
      return { states: found.map(({ state }) => state), complete: index.complete };
    },
    log: createLog(write, () => NOW),
    metrics: createMetrics(write, () => NOW, 'dev'),
  });
  const gauges = () =>
    lines
      .map((line) => JSON.parse(line))
      .filter(({ _aws }) => _aws)
      .map(({ _aws, ...values }) => values);
  return { census, gauges, lines, index, asked };
}

const none = { LinksHeld: 0 };

test('counts by system what waits and what needs somebody, wherever in the index it is', async () => {
  const states = (['held', 'held', 'held', 'pending', 'pending', 'rejected', 'failed'] as const).flatMap(
    (state) => Array.from({ length: 9 }, () => state),
  );
  const { census, gauges } = setUp(states);
  await census();
  expect(gauges()).toEqual([
    { Environment: 'dev', System: 'crm', LinksHeld: 27, LinksRetrying: 18, LinksRejected: 18 },
    { Environment: 'dev', System: 'tickets', ...none },
  ]);
});

test('tells zero of a system without such links, because silence would look the same as a census that died', async () => {
  const { census, gauges } = setUp([], ['crm', 'tickets', 'retired-one']);
  await census();
  expect(gauges()).toMatchObject([
    { System: 'crm', ...none },
    { System: 'tickets', ...none },
    { System: 'retired-one', ...none },
  ]);
});

test('counts no link twice and forgets no state that the index may hold', async () => {
  const held = LINK_STATES.filter((state) => unsettledKeyOf(aLink({ state, code: 'remote-timeout' })));
  const { census, gauges } = setUp(held, ['crm']);
  await census();
  const [{ LinksHeld, LinksRetrying, LinksRejected }] = gauges();
  expect(LinksHeld + LinksRetrying + LinksRejected).toBe(held.length);
});

test('looks at the shards of a system at once and at a hundred systems one after the other', async () => {
  const systems = Array.from({ length: 100 }, (_, number) => `s${number}`);
  const { census, index, asked } = setUp([], systems);
  await census();
  expect(asked).toHaveLength(400);
  expect(index.mostOpen).toBe(4);
});

test('fails when a system cannot be counted, says which, tells no number of it, and counts the others', async () => {
  const { census, gauges, lines, index } = setUp(['held']);
  index.failing = 'crm';
  await expect(census()).rejects.toThrow('1 system');
  expect(gauges()).toMatchObject([{ System: 'tickets' }]);
  const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error');
  expect(logged).toMatchObject({ system: 'crm', error: 'TypeError' });
  expect(lines.join()).not.toContain('@');
});

test('says when there were more links than it counted', async () => {
  const { census, lines, index } = setUp(['held'], ['crm']);
  index.complete = false;
  await census();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'warn', system: 'crm' }, {}]);
});
