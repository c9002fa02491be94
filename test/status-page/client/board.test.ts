import { boardOf, changes, isSettled, withStanding } from '../../../status-page/client/board';
import { aSnapshot, aSystem } from '../helpers/a-view';

const board = boardOf(aSnapshot({ systems: [aSystem(), aSystem({ name: 'chat', required: false })] }), 1_000);

test('takes news of a system, which its token does not know of', () => {
  const next = withStanding(board, 'crm', 'ready');
  expect(next.systems.map(({ standing }) => standing)).toEqual(['ready', 'waiting']);
  expect([board.outdated, next.outdated]).toEqual([false, true]);
  expect(changes(board, next).map(({ name }) => name)).toEqual(['crm']);
  expect(changes(next, next)).toEqual([]);
});

test('is settled when no required system waits', () => {
  expect(isSettled(board)).toBe(false);
  expect(isSettled(withStanding(board, 'chat', 'ready'))).toBe(false);
  expect(isSettled(withStanding(board, 'crm', 'failed'))).toBe(true);
});

test('knows nothing of a system that nobody named', () => {
  expect(withStanding(board, 'unknown', 'ready').systems).toEqual(board.systems);
});
