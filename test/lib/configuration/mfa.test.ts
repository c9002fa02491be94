import { mfa } from '../../../lib/configuration/mfa-schema';

const problems = (given: unknown) => mfa.safeParse(given).error?.issues.map(({ message }) => message) ?? [];

test('who only names the factors asks everybody, whatever their provider did', () => {
  expect(mfa.parse({ factors: ['otp'] })).toEqual({ factors: ['otp'], policy: 'required', upstream: [] });
});

test.each([
  [{}, 'a list of factors'],
  [{ factors: [] }, 'at least one factor beside email and recovery-code, which nobody can set up'],
  [
    { factors: ['email', 'recovery-code'] },
    'at least one factor beside email and recovery-code, which nobody can set up',
  ],
  [{ factors: ['otp', 'otp'] }, 'each factor once'],
  [{ factors: ['sms'] }, expect.stringMatching(/^one of otp, push-notification/)],
  [{ factors: ['otp'], connections: [] }, 'at least one name; leave it out for all connections'],
  [{ factors: ['otp'], upstream: true }, "'federated' or a list of names of connections"],
  [{ factors: ['otp'], policy: 'never' }, 'required or enrolled'],
])('%j is refused', (given, words) => {
  expect(problems(given)).toEqual([words]);
});
