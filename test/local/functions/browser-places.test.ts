import { atPlaces } from '../../../local/functions/browser-places';

const PLACES = { loginOrigin: 'http://127.0.0.1:1', loginUri: 'http://127.0.0.1:2/login' };

test('whoever is sent to log in comes to a place of this machine, whatever the configuration says', () => {
  expect(atPlaces(PLACES, 'LOGIN_ORIGIN', 'https://login.acme.com')).toBe('http://127.0.0.1:1');
  const applications = {
    shop: { label: 'Shop', loginUri: 'https://shop.acme.com/login' },
    desk: { label: 'loginUri', loginUri: 'https://desk.acme.com/a?b=%22c' },
  };
  expect(JSON.parse(atPlaces(PLACES, 'ANY', JSON.stringify({ applications })))).toEqual({
    applications: {
      shop: { label: 'Shop', loginUri: PLACES.loginUri },
      desk: { label: 'loginUri', loginUri: PLACES.loginUri },
    },
  });
});

test('anything else stays as it is', () => {
  for (const value of ['https://shop.acme.com/login', '{"issuer":"https://acme.eu.auth0.com/"}', ''])
    expect(atPlaces(PLACES, 'TOKEN_ISSUER', value)).toBe(value);
});
