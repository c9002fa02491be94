import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { LocalError } from '../local-error';

const text = z.string().min(1);

/** A user as Auth0 knows one right after the sign-up, with the connection of the sign-up. */
export const SAMPLE_USER = z.strictObject({
  connection: z.looseObject({ id: text, name: text, strategy: text }),
  user: z.looseObject({
    user_id: text,
    email: z.string().optional(),
    email_verified: z.boolean().optional(),
    username: z.string().optional(),
  }),
});

export type SampleUser = z.output<typeof SAMPLE_USER>;

/** Reads `examples/users.json`. Fails with `sample-users`. */
export function readSampleUsers(file: string): SampleUser[] {
  const read = z
    .array(SAMPLE_USER)
    .min(1)
    .safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new LocalError('sample-users', `${file}: ${z.prettifyError(read.error)}`);
}

/** `count` users: the samples themselves first, then variations of them that differ in every unique attribute. */
export function makeUsers(samples: readonly SampleUser[], count: number): SampleUser[] {
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length] as SampleUser;
    return index < samples.length ? sample : vary(sample, index);
  });
}

function vary({ connection, user }: SampleUser, index: number): SampleUser {
  const { email, username, phone_number: phone } = user;
  return {
    connection,
    user: {
      ...user,
      user_id: `${user.user_id}-${index}`,
      ...(email === undefined ? {} : { email: email.replace('@', `+${index}@`) }),
      ...(username === undefined ? {} : { username: `${username}-${index}` }),
      ...(typeof phone === 'string' ? { phone_number: `${phone}${index}` } : {}),
    },
  };
}
