import { claimText, claimTexts } from '../../../../local/api-gateway/v2/jwt/claim-text';

test.each([
  ['text', 'text'],
  [true, 'true'],
  [1_611_074_459, '1611074459'],
  [['admin', 'a user'], '[admin a user]'],
  [{ strategy: 'oauth2', name: 'github' }, 'map[name:github strategy:oauth2]'],
  [{ a: { b: ['c', 1] }, d: null }, 'map[a:map[b:[c 1]] d:<nil>]'],
  [[], '[]'],
])('a function gets %j as a text', (claim, text) => {
  expect(claimText(claim)).toBe(text);
});

test('a claim that is null is left out', () => {
  expect(claimTexts({ sub: 'auth0|one', none: null })).toEqual({ sub: 'auth0|one' });
});
