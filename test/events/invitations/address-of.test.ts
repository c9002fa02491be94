import { addressOf } from '../../../events/invitations/address-of';
import { metadataOfInvited } from '../../../events/invitations/precreated';

const email = 'ada@example.com';

test('an address that was verified is the one of the person', () => {
  expect(addressOf({ email, email_verified: true })).toBe(email);
});

test.each([
  ['that nobody verified', { email, email_verified: false }],
  ['of which nobody says anything', { email }],
  ['that somebody calls verified in words', { email, email_verified: 'true' }],
  [
    'of somebody who says themselves that they were invited',
    { email, user_metadata: metadataOfInvited('i') },
  ],
])('an address %s is nobody’s', (_, profile) => {
  expect(addressOf(profile)).toBeUndefined();
});

test('whom we made for an invitation has its address before they confirm it', () => {
  expect(addressOf({ email, email_verified: false, app_metadata: metadataOfInvited('i') })).toBe(email);
});

test('nobody has no address', () => {
  expect(addressOf(undefined)).toBeUndefined();
  expect(addressOf(null)).toBeUndefined();
});
