import { isDue, placeOf } from '../../../auth0-actions/post-login/ramp';

const SINCE = Date.parse('2026-11-20T09:00:00Z');
const HOUR_MS = 3_600_000;
const USERS = Array.from(
  { length: 10_000 },
  (_, index) => `auth0|6740d1f0a3c2b91e${index.toString(16).padStart(8, '0')}`,
);

const dueAfter = (hours: number, rev = 'rev-of-tests', rampHours = 24) =>
  USERS.filter((user) => isDue(user, rev, { since: SINCE, rampHours, now: SINCE + hours * HOUR_MS }));

test.each([1, 6, 12, 23])('after %i hours of 24 as large a part of all is due', (hours) => {
  const share = dueAfter(hours).length / USERS.length;
  expect(Math.abs(share - hours / 24)).toBeLessThan(0.015);
});

test('who was due stays so, and in the end all are', () => {
  const [early, late] = [dueAfter(3), new Set(dueAfter(9))];
  expect(early.every((user) => late.has(user))).toBe(true);
  expect(dueAfter(24)).toHaveLength(USERS.length);
});

test('nobody is due at the moment of the deploy, nor before by a clock that is behind', () => {
  expect([dueAfter(0), dueAfter(-1)]).toEqual([[], []]);
});

test('each revision takes them in another order', () => {
  const first = new Set(dueAfter(6));
  const both = dueAfter(6, 'rev-of-later').filter((user) => first.has(user));
  expect(both.length / USERS.length).toBeLessThan(0.09);
});

test('without a ramp, or a time it began at, everybody is due at once', () => {
  expect(dueAfter(0, 'rev-of-tests', 0)).toHaveLength(USERS.length);
  expect(isDue('auth0|1', 'rev', { since: undefined, rampHours: 24, now: SINCE })).toBe(true);
});

test('a place is always from 0 to below 1', () => {
  for (const text of ['', '\u{1f600}', 'x'.repeat(2000), ...USERS.slice(0, 100)]) {
    expect(placeOf(text)).toBeGreaterThanOrEqual(0);
    expect(placeOf(text)).toBeLessThan(1);
  }
});
