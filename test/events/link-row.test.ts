import { linkRow } from '../../events/link-row';
import { aLink } from '../helpers/links';

test('a row gives its readers what is theirs, and no lease token', () => {
  const row = linkRow.parse(aLink({ lease: { token: 'secret', until: 5 }, verdict: 'held:conflict' }));
  expect(row).toMatchObject({ userRef: 'ref:auth0|1', system: 'crm', state: 'pending', lease: { until: 5 } });
  expect(JSON.stringify(row)).not.toContain('secret');
  expect(row).not.toHaveProperty('verdict');
});

test('a row of a newer version, with a code and an attribute nobody knows yet, can be read', () => {
  expect(linkRow.parse({ ...aLink(), code: 'brand-new', colour: 'red' })).toMatchObject({
    code: 'brand-new',
  });
});

test('the row of an erased user can be read', () => {
  const { user_id: _erased, ...row } = aLink({ state: 'deprovisioned' });
  expect(linkRow.safeParse(row).success).toBe(true);
});

test.each([
  ['state', 'married'],
  ['state', undefined],
  ['updatedAt', 5],
  ['accountId', { S: 'raw' }],
  ['acceptedAt', 'yesterday'],
])('rejects a row whose %s is %j', (name, value) => {
  expect(linkRow.safeParse({ ...aLink(), [name]: value }).success).toBe(false);
});
