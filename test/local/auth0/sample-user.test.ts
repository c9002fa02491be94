import { join } from 'node:path';
import { makeUsers, readSampleUsers } from '../../../local/auth0/sample-user';

const samples = readSampleUsers(join(__dirname, '../../../examples/users.json'));

test('as many users as there are samples are the samples', () => {
  expect(makeUsers(samples, samples.length)).toEqual(samples);
  expect(makeUsers(samples, 2)).toEqual(samples.slice(0, 2));
  expect(makeUsers(samples, 0)).toEqual([]);
});

test('a thousand users differ in all that must be unique', () => {
  const users = makeUsers(samples, 1_000).map(({ user }) => user);
  for (const name of ['user_id', 'email', 'username', 'phone_number'] as const) {
    const values = users.flatMap((user) => user[name] ?? []);
    expect(new Set(values).size).toBe(values.length);
  }
});
