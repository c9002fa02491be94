import { externalIdOf, userRefOf } from '../../events/user-ref';

test('a userRef differs by user, tenant and pepper, and hides the user id', () => {
  const refs = [
    userRefOf('pepper', 'acme', 'auth0|1'),
    userRefOf('pepper', 'acme', 'auth0|2'),
    userRefOf('pepper', 'acmea', 'uth0|1'),
    userRefOf('salt', 'acme', 'auth0|1'),
  ];
  expect(new Set(refs).size).toBe(4);
  for (const ref of refs) expect(ref).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

// Made with `openssl dgst -sha256 -hmac pepper`. Any other way to compute it loses every link there is.
test('a userRef is forever', () => {
  expect(userRefOf('pepper', 'acme.eu.auth0.com', 'auth0|65f1c0ffee')).toBe(
    '1MYaE_gkYHqgCXwyd4nAVFRq2PH2xq7nM3a4Os4VsTo',
  );
});

test('an externalId keeps environments apart in a system that both use', () => {
  expect(externalIdOf('acme', 'dev', 'auth0|1')).not.toBe(externalIdOf('acme', 'prod', 'auth0|1'));
  expect(externalIdOf('acme', 'dev', 'auth0|1')).toBe('acme/dev/auth0|1');
});
