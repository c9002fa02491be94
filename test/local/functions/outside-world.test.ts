import { localAddress } from '../../../local/functions/instance/outside-world';

const origins = {
  'https://crm.example.com': 'http://127.0.0.1:4001',
  'https://crm.example.com/de/scim': 'http://127.0.0.1:4002',
};

test.each([
  [
    'https://crm.example.com/scim/v2/Users?filter=a%20eq%20"b"',
    'http://127.0.0.1:4001/scim/v2/Users?filter=a%20eq%20%22b%22',
  ],
  ['https://crm.example.com/de/scim/Users', 'http://127.0.0.1:4002/de/scim/Users'],
  ['https://crm.example.com/de/scimitar', 'http://127.0.0.1:4001/de/scimitar'],
  ['http://127.0.0.1:5000/x', 'http://127.0.0.1:5000/x'],
  ['http://localhost:5000/', 'http://localhost:5000/'],
])('%s leads to this machine', (url, expected) => {
  expect(localAddress(new URL(url), origins)).toBe(expected);
});

test.each(['https://api.example.com/', 'http://crm.example.com/', 'https://crm.example.com:8443/'])(
  'rejects %s by name',
  (url) => {
    expect(() => localAddress(new URL(url), origins)).toThrow(`origin-not-allowed: ${new URL(url).origin}`);
  },
);
