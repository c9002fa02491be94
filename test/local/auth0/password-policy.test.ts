import { passwordFault } from '../../../local/auth0/password-policy';

const GOOD = `${'aB3!'.repeat(4)}xY7$`;

test.each([
  ['a good one', GOOD, 'ada@example.com', undefined],
  ['the longest', 'aB3!'.repeat(18), 'zoe@example.com', undefined],
  ['too short', 'aB3!aB3', 'ada@example.com', 'short'],
  ['longer than what is kept', `${'aB3!'.repeat(18)}x`, 'zoe@example.com', 'long'],
  ['without a kind', 'aB3daB3daB3d', 'zoe@example.com', 'kinds'],
  ['three equal in a row', `${GOOD}zzz`, 'ada@example.com', 'identical'],
  ['two equal in a row', `${GOOD}zz`, 'ada@example.com', undefined],
  ['a sequence up', `${GOOD}jkl`, 'ada@example.com', 'sequence'],
  ['a sequence down, in both cases', `${GOOD}cBa`, 'zoe@example.com', 'sequence'],
  ['what is before the @', `${GOOD}ada`, 'ADA@example.com', 'personal'],
  ['one letter that is before the @', GOOD, 'x@example.com', 'personal'],
])('%s', (_, password, email, fault) => {
  expect(passwordFault(password, email)).toBe(fault);
});
