import { emailRefOf } from '../../../lambdas/invitations/email-ref';

const refOf = (email: string) => emailRefOf('pepper', email);

test('an address is the same in any spelling of upper and lower case', () => {
  expect(refOf('Kate.O@Example.COM')).toBe(refOf('kate.o@example.com'));
});

test.each([
  ['the sign of Kelvin', '\u{212a}ate.o@example.com'],
  ['a letter of full width', '\u{ff4b}ate.o@example.com'],
  ['a dotted capital I', 'kate.o@example.com'.replace('x', '\u{130}')],
  ['a Cyrillic a', 'k\u{430}te.o@example.com'],
  ['a space that nobody sees', '\u{feff}kate.o@example.com'],
  ['a space at its end', 'kate.o@example.com '],
])('an address with %s is another one', (_, email) => {
  expect(refOf(email)).not.toBe(refOf('kate.o@example.com'));
});
