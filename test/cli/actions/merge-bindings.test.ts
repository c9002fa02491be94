import { sameBindings, withOurs, withoutOurs } from '../../../cli/actions/merge-bindings';
import type { Binding } from '../../../cli/actions/tenant';

/** `a`, `b`, `c` are Actions of others, `p` is ours, `P` is ours under another name. */
function listOf(letters: string): Binding[] {
  return [...letters].map((letter, index) => ({
    id: `binding-${index}`,
    actionId: letter.toLowerCase(),
    displayName: letter,
  }));
}

const lettersOf = (list: readonly Binding[]) => list.map(({ displayName }) => displayName).join('');
const OURS = { actionId: 'p', displayName: 'p' };

describe.each([
  ['absent', 'abc', 'abcp', 'abc'],
  ['absent from an empty list', '', 'p', ''],
  ['alone', 'p', 'p', ''],
  ['first', 'pabc', 'pabc', 'abc'],
  ['in the middle', 'abpc', 'abpc', 'abc'],
  ['last', 'abcp', 'abcp', 'abc'],
  ['there under another name', 'aPb', 'aPb', 'ab'],
  ['there twice', 'apbpc', 'apbc', 'abc'],
  ['there twice, under two names', 'Papb', 'Pab', 'ab'],
  ['there three times in a row', 'pppa', 'pa', 'a'],
  ['between two bindings of one other Action', 'apa', 'apa', 'aa'],
])('ours is %s', (_, before, bound, unbound) => {
  test('binding gives it one place and moves no other', () => {
    expect(lettersOf(withOurs(listOf(before), OURS))).toBe(bound);
  });

  test('unbinding takes out every place of it and moves no other', () => {
    expect(lettersOf(withoutOurs(listOf(before), OURS))).toBe(unbound);
  });

  test('all others are the very same bindings, and both ways round nothing is left of it', () => {
    const list = listOf(before);
    const others = list.filter(({ actionId }) => actionId !== 'p');
    const merged = withOurs(list, OURS);
    expect(withoutOurs(merged, OURS)).toEqual(others);
    expect(withOurs(merged, OURS)).toEqual(merged);
    expect(withoutOurs(list, OURS)).toEqual(others);
  });
});

test('lists are the same by Action, name and order, whatever ids their bindings have', () => {
  const other = listOf('abc').map((binding) => ({ ...binding, id: 'new' }));
  expect(sameBindings(listOf('abc'), other)).toBe(true);
  for (const list of ['acb', 'ab', 'abcc', 'abC'])
    expect(sameBindings(listOf('abc'), listOf(list))).toBe(false);
});

test.each([
  ['nobody is bound yet', '', 'p'],
  ['the other is not bound', 'abc', 'abcp'],
  ['the other is first', 'zab', 'pzab'],
  ['the other is last', 'abz', 'abpz'],
  ['ours is before it, wherever', 'apbz', 'apbz'],
  ['ours is after it', 'azbp', 'apzb'],
  ['ours is there twice', 'zpap', 'pza'],
])('ours runs before another one of ours where %s', (_, before, after) => {
  const list = listOf(before);
  const merged = withOurs(list, OURS, 'z');
  expect(lettersOf(merged)).toBe(after);
  expect(merged.filter(({ actionId }) => actionId !== 'p')).toEqual(
    list.filter(({ actionId }) => actionId !== 'p'),
  );
  expect(withOurs(merged, OURS, 'z')).toEqual(merged);
});
