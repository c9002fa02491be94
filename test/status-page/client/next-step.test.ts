import { boardOf } from '../../../status-page/client/board';
import { nextStep } from '../../../status-page/client/next-step';
import { aSnapshot } from '../helpers/a-view';

// The browser's clock says 100 s where the server's says something else.
const at = 100_000;
const waiting = boardOf(aSnapshot(), at);
const ended = (end: 'settled' | 'failed' | 'deadline') => boardOf(aSnapshot({ end }), at);

test('waits until the deadline by its own clock, and then goes on', () => {
  expect(nextStep(waiting, at, 'continue')).toEqual({ kind: 'wait', seconds: 8 });
  expect(nextStep(waiting, at + 7_001, 'continue')).toEqual({ kind: 'wait', seconds: 1 });
  expect(nextStep(waiting, at + 8_000, 'stop')).toEqual({ kind: 'go' });
});

test.each(['settled', 'deadline'] as const)('goes on at once when it is %s', (end) => {
  expect(nextStep(ended(end), at, 'stop')).toEqual({ kind: 'go' });
});

test('lets a person read what failed before it goes on, also past the deadline', () => {
  expect(nextStep(ended('failed'), at, 'continue', at)).toEqual({ kind: 'read', seconds: 4 });
  expect(nextStep(ended('failed'), at + 8_500, 'continue', at + 7_500)).toEqual({ kind: 'read', seconds: 3 });
  expect(nextStep(ended('failed'), at + 4_000, 'continue', at)).toEqual({ kind: 'go' });
});

test('stays for good where a failure stops the login', () => {
  expect(nextStep(ended('failed'), at + 60_000, 'stop', at)).toEqual({ kind: 'stay' });
});
