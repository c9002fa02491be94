import { readDestination } from '../../../auth0-actions/emit/destination';
import { anAuth0Event, SIGNING_SECRET } from '../helpers/an-auth0-event';

const withUrl = (url: string) =>
  anAuth0Event({
    secrets: { EVENT_API_URL: url, EVENT_API_KEY: 'key-1', EVENT_SIGNING_SECRET: SIGNING_SECRET },
  });

test.each([
  ['https://api.example.com/v1/', 'https://api.example.com/v1/events'],
  ['https://api.example.com/v1', 'https://api.example.com/v1/events'],
  ['https://api.example.com', 'https://api.example.com/events'],
  [' https://api.example.com/v1/\n', 'https://api.example.com/v1/events'],
  ['http://127.0.0.1:4000/v1/', 'http://127.0.0.1:4000/v1/events'],
])('%j leads to %s', (given, expected) => {
  expect(readDestination(withUrl(given)).url).toBe(expected);
});

test.each([
  'http://api.example.com/v1/',
  'http://127.0.0.1.example.com/',
  'ftp://api.example.com/',
  'api.example.com',
])('rejects %s, over which the key would travel in the clear or not at all', (url) => {
  expect(() => readDestination(withUrl(url))).toThrow('bad-url');
});

test('the newline of a pasted secret is dropped', () => {
  const secrets = {
    EVENT_API_URL: 'https://a.example/',
    EVENT_API_KEY: 'key-1\n',
    EVENT_SIGNING_SECRET: `${SIGNING_SECRET}\n`,
  };
  expect(readDestination(anAuth0Event({ secrets }))).toMatchObject({
    apiKey: 'key-1',
    signingSecret: SIGNING_SECRET,
  });
});

test.each(['EVENT_API_URL', 'EVENT_API_KEY', 'EVENT_SIGNING_SECRET'])(
  'rejects an Action without %s',
  (name) => {
    const secrets = { ...anAuth0Event().secrets, [name]: undefined };
    expect(() => readDestination(anAuth0Event({ secrets }))).toThrow('missing-secret');
  },
);
