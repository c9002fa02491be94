import { LinkTracker } from '../../../local/progress/link-progress';
import { isComplete, percentile, summarize } from '../../../local/progress/summary';

function tracked(): LinkTracker {
  const tracker = new LinkTracker(['crm', 'video']);
  tracker.expect('auth0|1', 1_000);
  return tracker;
}

function row(
  system: string,
  state: string,
  at: number,
  userId = 'auth0|1',
): Parameters<LinkTracker['changed']>[0] {
  const newImage = {
    user_id: { S: userId },
    system: { S: system },
    state: { S: state },
    accountId: { S: 'a-1' },
  };
  return { eventName: 'MODIFY', table: 't', keys: {}, newImage, at };
}

test('latency runs from the call of the Action until the row says linked', () => {
  const tracker = tracked();
  tracker.changed(row('crm', 'pending', 1_010));
  tracker.changed(row('crm', 'linked', 1_250));
  tracker.changed(row('crm', 'linked', 9_000));
  expect(tracker.all()).toEqual([
    { userId: 'auth0|1', system: 'crm', state: 'linked', accountId: 'a-1', ms: 250 },
    { userId: 'auth0|1', system: 'video', state: 'waiting' },
  ]);
  expect([tracker.settledCount, tracker.size]).toEqual([1, 2]);
});

test('a link that falls back is not settled any more', () => {
  const tracker = tracked();
  tracker.changed(row('crm', 'failed', 1_250));
  tracker.changed(row('crm', 'pending', 1_300));
  expect(tracker.settledCount).toBe(0);
});

test('rows of users that were not registered here do not count', () => {
  const tracker = tracked();
  tracker.changed(row('crm', 'linked', 1_250, 'auth0|2'));
  expect(tracker.size).toBe(2);
});

test('the summary counts what is missing as pending and what was refused as rejected', () => {
  const tracker = tracked();
  tracker.expect('auth0|2', 1_500);
  tracker.changed(row('crm', 'linked', 1_100));
  tracker.changed(row('video', 'rejected', 1_100));
  tracker.changed(row('crm', 'linked', 2_000, 'auth0|2'));
  const summary = summarize(tracker, { duplicates: 1, denied: 2, parked: { conflict: 1 } });
  expect(summary).toEqual({
    ...{ users: 2, links: 4, linked: 2, rejected: 1, pending: 1, duplicates: 1, denied: 2 },
    parked: { conflict: 1 },
    ...{ p50Ms: 100, p99Ms: 500, perSecond: 2 },
  });
  expect(isComplete(summary)).toBe(false);
  expect(isComplete({ ...summary, linked: 4, duplicates: 0 })).toBe(false);
  expect(isComplete({ ...summary, linked: 4, duplicates: 0, denied: 0 })).toBe(true);
});

test('nobody to register is complete, with zeros', () => {
  const summary = summarize(new LinkTracker(['crm']), { duplicates: 0, denied: 0, parked: {} });
  expect(summary).toMatchObject({ users: 0, links: 0, p50Ms: 0, p99Ms: 0, perSecond: 0 });
  expect(isComplete(summary)).toBe(true);
});

test.each([
  [[], 50, 0],
  [[7], 99, 7],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 99, 4],
])('of %j the percentile %i is %i', (sorted, percent, value) => {
  expect(percentile(sorted, percent)).toBe(value);
});
