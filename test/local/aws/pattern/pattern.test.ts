import { compilePattern } from '../../../../local/aws/pattern/pattern';
import { PatternError } from '../../../../local/aws/pattern/pattern-error';

const INSERT = {
  eventName: 'INSERT',
  dynamodb: { NewImage: { state: { S: 'linked' }, tries: { N: '3' } }, Keys: { id: { S: 'a' } } },
};

test.each([
  ['a literal', { eventName: ['INSERT'] }, true],
  ['another literal', { eventName: ['REMOVE'] }, false],
  ['one of several', { eventName: ['REMOVE', 'INSERT'] }, true],
  ['every field', { eventName: ['INSERT'], dynamodb: { NewImage: { state: { S: ['pending'] } } } }, false],
  ['a nested field', { dynamodb: { NewImage: { state: { S: ['linked'] } } } }, true],
  ['presence', { dynamodb: { NewImage: { state: { S: [{ exists: true }] } } } }, true],
  ['absence below something absent', { dynamodb: { OldImage: { state: { S: [{ exists: false }] } } } }, true],
  [
    'presence below something absent',
    { dynamodb: { OldImage: { state: { S: [{ exists: true }] } } } },
    false,
  ],
  ['presence of what is no leaf', { dynamodb: { NewImage: [{ exists: true }] } }, false],
  ['prefix', { eventName: [{ prefix: 'INS' }] }, true],
  ['suffix', { eventName: [{ suffix: 'SERT' }] }, true],
  ['equality without case', { eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
  ['anything but', { eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }, true],
  ['anything but itself', { eventName: [{ 'anything-but': 'INSERT' }] }, false],
  [
    'a number in DynamoDB is text',
    { dynamodb: { NewImage: { tries: { N: [{ numeric: ['>', 1] }] } } } },
    false,
  ],
  ['or', { $or: [{ eventName: ['REMOVE'] }, { dynamodb: { Keys: { id: { S: ['a'] } } } }] }, true],
  ['or with and', { eventName: ['INSERT'], $or: [{ eventName: ['x'] }, { eventName: ['y'] }] }, false],
])('%s', (_, pattern, fits) => {
  expect(compilePattern(pattern)(INSERT)).toBe(fits);
});

test('one value of a list is enough', () => {
  const fits = compilePattern({ tags: ['b'] });
  expect(fits({ tags: ['a', 'b'] })).toBe(true);
  expect(fits({ tags: ['a'] })).toBe(false);
  expect(fits({ tags: [] })).toBe(false);
});

test('null, true and numbers are compared as they are', () => {
  const fits = compilePattern({ a: [null], b: [true], c: [1.5] });
  expect(fits({ a: null, b: true, c: 1.5 })).toBe(true);
  expect(fits({ a: 'null', b: 'true', c: '1.5' })).toBe(false);
});

test.each([
  ['a value without list', { eventName: 'INSERT' }],
  ['an empty list', { eventName: [] }],
  ['an empty object', { dynamodb: {} }],
  ['an unknown operator', { eventName: [{ wildcard: 'I*' }] }],
  ['two operators in one', { eventName: [{ prefix: 'a', suffix: 'b' }] }],
  ['a list in a list', { eventName: [['INSERT']] }],
  ['exists with words', { eventName: [{ exists: 'yes' }] }],
  ['a range upside down', { n: [{ numeric: ['>', 10, '<', 1] }] }],
  ['a range of two lower bounds', { n: [{ numeric: ['>', 1, '>', 10] }] }],
  ['a comparison with text', { n: [{ numeric: ['>', '1'] }] }],
  ['an empty prefix', { eventName: [{ prefix: '' }] }],
  ['anything but nothing', { eventName: [{ 'anything-but': [] }] }],
])('rejects %s', (_, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(PatternError);
});
