import * as z from 'zod';
import { attributeName } from './attribute-name';
import { mappingTo } from './mapping-schema';
import { section, wholeNumber } from './section';

/** What is told of a user who nobody chose attributes for. */
const TOLD_BY_DEFAULT = ['email', 'email_verified', 'username'];

const signOff = z
  .union(
    [
      z.literal('none'),
      section({
        withinHours: wholeNumber(1, 336)
          .default(24)
          .describe('The system has this long to say that it made the account; then the link is `failed`.'),
      }),
    ],
    { error: "'none' or an object such as { withinHours: 24 }" },
  )
  .prefault({})
  .describe(
    'How the system says which account it made. With `none` it never does: its links stay `handed-over`.',
  );

/** Settings of every kind of system that makes its accounts itself and is told what is wanted. */
export const handoverSettings = {
  attributes: z
    .array(attributeName, { error: 'a list of user attributes' })
    .default(TOLD_BY_DEFAULT)
    .describe('User attributes that the system is told, where the event has them.'),
  mapping: mappingTo(attributeName),
  signOff,
};
