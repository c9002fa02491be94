import { attributePathFaults } from '../../../auth0-actions/emit/attribute-paths';
import { attributeName } from '../../../events/attribute-name';

test('an attribute below metadata keeps the prefix in its name', () => {
  expect(attributeName('user_metadata.address.city')).toBe('user_metadata_address_city');
});

test('fields of the user and of its metadata have no fault', () => {
  expect(attributePathFaults(['name', 'given_name', 'user_metadata.country', 'app_metadata.Plan2'])).toEqual(
    [],
  );
});

test.each([
  ['user_metadata', 'user_metadata.', 'neither a field'],
  ['a space', 'given name', 'neither a field'],
  ['another object', 'identities.0.provider', 'neither a field'],
  ['a field that is always sent', 'email', 'always sent'],
  ['a name that is too long', `user_metadata.${'x'.repeat(60)}`, 'longer than 64'],
])('rejects %s', (_, path, words) => {
  expect(attributePathFaults([path]).join(' ')).toContain(words);
});

test('rejects two paths that would share a name', () => {
  expect(attributePathFaults(['user_metadata.a_b', 'user_metadata.a.b'])).toEqual([
    '"user_metadata_a_b" is listed twice.',
  ]);
});

test('rejects more attributes than an event holds', () => {
  const paths = Array.from({ length: 35 }, (_, index) => `user_metadata.a${index}`);
  expect(attributePathFaults(paths)).toEqual(['35 attributes are listed, 34 fit into an event.']);
});
