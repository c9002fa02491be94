import { runInNewContext } from 'node:vm';
import { readText, readTimestamp, readValue } from '../../events/read-value';

const throwing = Object.defineProperty({}, 'name', {
  get: () => {
    throw new Error('no');
  },
});

test('a path leads to a value at any depth', () => {
  expect(readValue({ user: { user_metadata: { country: 'IE' } } }, 'user.user_metadata.country')).toBe('IE');
});

test.each([
  ['nothing', undefined],
  ['null on the way', { user: null }],
  ['a text on the way', { user: 'Ada' }],
  ['a getter that throws', { user: throwing }],
])('a path through %s leads to undefined', (_, source) => {
  expect(readValue(source, 'user.name')).toBeUndefined();
});

test.each([
  ['empty', ''],
  ['too long', 'abcdef'],
  ['a number', 12],
])('a text that is %s is no text', (_, name) => {
  expect(readText({ name }, 'name', 5)).toBeUndefined();
});

test.each([
  ['an ISO string', '2026-11-20T09:00:00.000Z'],
  ['a string without milliseconds', '2026-11-20T09:00:00Z'],
  ['a Date', new Date('2026-11-20T09:00:00Z')],
  ['a Date of another realm', runInNewContext('new Date("2026-11-20T09:00:00Z")')],
])('%s becomes one ISO form', (_, at) => {
  expect(readTimestamp({ at }, 'at')).toBe('2026-11-20T09:00:00.000Z');
});

test.each([
  ['null', null],
  ['a number', 1_763_629_200_000],
  ['words', 'yesterday'],
  ['an invalid Date', new Date(Number.NaN)],
  ['an object', {}],
])('%s is no timestamp', (_, at) => {
  expect(readTimestamp({ at }, 'at')).toBeUndefined();
});
