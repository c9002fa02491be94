import { createFaultList, type Frequency } from '../../../local/faults/fault-list';

function aList(draws: readonly number[] = []) {
  let now = 1_000;
  const left = [...draws];
  const list = createFaultList<Frequency & { readonly name: string }>(
    () => now,
    () => left.shift() ?? 0,
  );
  const hits = (calls: number, matches: (rule: { name: string }) => boolean = () => true) =>
    Array.from({ length: calls }, () => list.take(matches)?.name ?? '-').join('');
  return { list, hits, pass: (ms: number) => (now += ms) };
}

test('a fault without more comes until it is removed', () => {
  const { list, hits } = aList();
  list.add({ name: 'a' });
  expect(hits(3)).toBe('aaa');
  list.clear();
  expect(hits(2)).toBe('--');
});

test('a fault comes so many times, after so many calls that go well', () => {
  const { list, hits } = aList();
  list.add({ name: 'a', skip: 2, times: 3 });
  expect(hits(7)).toBe('--aaa--');
});

test('a fault comes for a share of the calls', () => {
  const { list, hits } = aList([0.05, 0.5, 0.1, 0.0999]);
  list.add({ name: 'a', probability: 0.1 });
  expect(hits(4)).toBe('a--a');
});

test('a fault comes for a while', () => {
  const { list, hits, pass } = aList();
  list.add({ name: 'a', seconds: 2 });
  pass(1_999);
  expect(hits(1)).toBe('a');
  pass(1);
  expect(hits(1)).toBe('-');
  expect(list.list()).toEqual([]);
});

test('the first fault that matches and has its turn comes, and the others wait for theirs', () => {
  const { list, hits } = aList();
  list.add({ name: 'a', times: 1 });
  list.add({ name: 'b', times: 1 });
  list.add({ name: 'c' });
  expect(hits(1, ({ name }) => name !== 'a')).toBe('b');
  expect(hits(3)).toBe('acc');
});
