import { isAccountId } from '../../events/account-id';

test.each(['1', 'agent 7', 'ada@example.com', 'Zoë', '👩', 'x'.repeat(256)])('%j can be an id', (text) => {
  expect(isAccountId(text)).toBe(true);
  expect(encodeURIComponent(text)).not.toBe('');
});

test.each([
  '',
  'x'.repeat(257),
  'a\u0000',
  'a\nb',
  'a\u001b[2J',
  'a\u009b',
  'half of a pair \ud800',
  '\udc00 and the other half',
])('%j is none', (text) => {
  expect(isAccountId(text)).toBe(false);
});
