import { waitSecondsOf } from '../../../lambdas/provisioning-api/prefer';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['return=minimal', undefined],
  ['wait=10', 10],
  ['Wait = 10', 10],
  ['wait="3"', 3],
  ['respond-async, wait=5', 5],
  ['wait=5; foo=bar', 5],
  ['wait=2, wait=9', 2],
  ['wait=999999999', 20],
  ['wait=0', 0],
  ['wait=-1', undefined],
  ['wait=1.5', undefined],
  ['wait=1e9', undefined],
  ['wait', undefined],
  ['xwait=3', undefined],
])('of %j these are the seconds: %j', (prefer, seconds) => {
  expect(waitSecondsOf(prefer)).toBe(seconds);
});
