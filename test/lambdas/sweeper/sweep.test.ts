import { DUE_KEYS } from '../../../events/due-links';
import { createLog } from '../../../lambdas/runtime/logger';
import type { DueLink, DueLinks } from '../../../lambdas/sweeper/due-links';
import { createSweep } from '../../../lambdas/sweeper/sweep';
import { NOW } from '../../helpers/events';

const HOUR = 60 * 60_000;

const aDueLink = (number: number): DueLink => ({
  ...{ userRef: `ref-${number}`, system: 'crm', user_id: `auth0|${number}` },
  remindAt: NOW - number,
});

/** A sweep over `links`, spread over the keys of the index. `failing` names who cannot be reminded of or postponed. */
function setUp(links: readonly DueLink[], failing: { tell?: string; postpone?: string } = {}) {
  const did: string[] = [];
  const asked: [string, number, number][] = [];
  const lines: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const dueLinks: DueLinks = {
    under: async (key, now, most) => {
      asked.push([key, now, most]);
      return links.filter((_, index) => `${index % DUE_KEYS.length}` === key);
    },
    postpone: async ({ userRef }, until) => {
      if (userRef === failing.postpone) throw new TypeError('auth0|1 is busy');
      did.push(`${userRef} postponed by ${(until - NOW) / HOUR} h`);
    },
  };
  const remind = async ({ userRef }: DueLink) => {
    mostOpen = Math.max(mostOpen, ++open);
    await Promise.resolve();
    open -= 1;
    if (userRef === failing.tell) throw new RangeError('auth0|1 is away');
    did.push(`${userRef} reminded`);
  };
  const log = createLog(
    (line) => lines.push(line),
    () => NOW,
  );
  const sweep = createSweep({ dueLinks, remind, now: () => NOW, log });
  const logged = () => lines.map((line) => JSON.parse(line));
  return { sweep, did, asked, logged, open: () => mostOpen };
}

test('asks every key of the index for what is due now', async () => {
  const { sweep, asked } = setUp([]);
  await sweep();
  expect(asked).toEqual(DUE_KEYS.map((key) => [key, NOW, 500]));
});

test('reminds first, then asks not to be reminded for longer than a message may wait', async () => {
  const { sweep, did, logged } = setUp([aDueLink(1)]);
  await sweep();
  expect(did).toEqual(['ref-1 reminded', 'ref-1 postponed by 13 h']);
  expect(logged()).toMatchObject([{ level: 'info', message: 'links swept', count: 1 }]);
});

test('reminds of a few at once, and of all in the end', async () => {
  const { sweep, did, open } = setUp(Array.from({ length: 95 }, (_, number) => aDueLink(number)));
  await sweep();
  expect(did.filter((line) => line.endsWith('reminded'))).toHaveLength(95);
  expect(open()).toBe(10);
});

test.each([
  ['a reminder', { tell: 'ref-1' }, 'RangeError', ['ref-1 reminded', 'ref-1 postponed by 13 h']],
  ['a note of it', { postpone: 'ref-1' }, 'TypeError', ['ref-1 postponed by 13 h']],
])('fails after all others when %s fails, and says of which system', async (_, failing, error, missing) => {
  const links = [1, 2, 3].map(aDueLink);
  const { sweep, did, logged } = setUp(links, failing);
  await expect(sweep()).rejects.toThrow('1 links could not be reminded of.');
  const all = links.flatMap(({ userRef }) => [`${userRef} reminded`, `${userRef} postponed by 13 h`]);
  expect(did.toSorted()).toEqual(all.filter((line) => !missing.includes(line)).toSorted());
  expect(logged()).toContainEqual(
    expect.objectContaining({ level: 'error', system: 'crm', userRef: 'ref-1', error }),
  );
  expect(JSON.stringify(logged())).not.toContain('auth0|');
});

test('fails when the index cannot be read', async () => {
  const dueLinks = { under: () => Promise.reject(new Error('throttled')), postpone: async () => undefined };
  const sweep = createSweep({
    dueLinks,
    remind: async () => undefined,
    now: () => NOW,
    log: () => undefined,
  });
  await expect(sweep()).rejects.toThrow('throttled');
});
