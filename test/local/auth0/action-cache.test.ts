import { createActionCache } from '../../../local/auth0/action-cache';

const NOW = Date.parse('2026-11-20T09:00:00Z');

test('keeps a value until its time is over, fifteen minutes where none is said', () => {
  let now = NOW;
  const cache = createActionCache(() => now);
  cache.set('short', 'a', { ttl: 1_000 });
  cache.set('usual', 'b');
  expect(cache.get('short')).toEqual({ value: 'a', expires_at: NOW + 1_000 });
  now += 1_000;
  expect([cache.get('short'), cache.get('usual')?.value]).toEqual([undefined, 'b']);
  now = NOW + 15 * 60_000;
  expect(cache.get('usual')).toBeUndefined();
});

test('keeps nothing for longer than a day, and nothing that was deleted', () => {
  const cache = createActionCache(() => NOW);
  cache.set('long', 'a', { ttl: 48 * 3_600_000 });
  expect(cache.get('long')?.expires_at).toBe(NOW + 24 * 3_600_000);
  cache.delete('long');
  expect(cache.get('long')).toBeUndefined();
});

test.each([
  ['a key of 65 bytes', 'k'.repeat(65), 'a', 'CacheKeySizeExceeded'],
  ['a value beyond 4 kB', 'k', 'a'.repeat(4_097), 'ItemSizeExceeded'],
  ['a value that is no text', 'k', 7 as never, 'InvalidValue'],
])('refuses %s', (_, key, value, code) => {
  expect(createActionCache(() => NOW).set(key, value)).toEqual({ type: 'error', code });
});

test('refuses more than 20 entries, and more than 8 kB in all, but not the same key again', () => {
  const many = createActionCache(() => NOW);
  for (let entry = 0; entry < 20; entry += 1) many.set(`k${entry}`, 'a');
  expect(many.set('k20', 'a').code).toBe('CacheFull');
  expect(many.set('k0', 'b').type).toBe('success');
  const large = createActionCache(() => NOW);
  for (const key of ['a', 'b']) expect(large.set(key, 'x'.repeat(4_096)).type).toBe('success');
  expect(large.set('c', 'x').code).toBe('CacheSizeExceeded');
  expect(large.set('b', 'y'.repeat(4_096)).type).toBe('success');
});
