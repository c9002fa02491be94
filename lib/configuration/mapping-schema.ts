import * as z from 'zod';
import { section, textLike, wholeNumber } from './section';
import { systemName } from './system-name';

/** How an attribute of the Auth0 user is written in the configuration. */
export const userAttribute = textLike(
  /^(?:[a-z][a-z_]{0,63}|(?:user|app)_metadata(?:\.[A-Za-z0-9_]+)+)$/,
  'a field of the Auth0 user, such as given_name, or a path such as user_metadata.department',
);

const text = textLike(/^.{1,1024}$/s, 'a text of 1 to 1024 characters');
const constant = z.union([text, z.number(), z.boolean(), z.array(text).max(50)], {
  error: 'a text, a number, true, false or a list of texts',
});

const source = section({
  from: z
    .array(userAttribute, { error: 'a list of attributes of the Auth0 user' })
    .min(1, { error: 'at least one attribute' })
    .optional()
    .describe(
      'Attributes of the Auth0 user, as in `emit.attributes`; the first that has a value counts. Each is in `emit.attributes`, or always sent.',
    ),
  join: z
    .string({ error: 'a text to put between the values' })
    .max(16, { error: 'at most 16 characters' })
    .optional()
    .describe('Joins the values of all of `from` that have one by this text, instead of taking the first.'),
  otherwise: constant.optional().describe('What it is when nothing of `from` has a value.'),
  account: systemName
    .optional()
    .describe(
      "The id of the user's account in this system, which is in `after`, instead of `from`. It is looked up whenever there is something to tell.",
    ),
  value: constant.optional().describe('The same for everybody, instead of `from`.'),
  lowerCase: z.boolean({ error: 'true or false' }).default(false).describe('Writes the value in lower case.'),
  maxLength: wholeNumber(1, 1024)
    .optional()
    .describe('Characters that the system takes. A longer value is refused with `invalid-value`.'),
  write: z
    .enum(['always', 'ifEmpty', 'onCreate'], { error: 'always, ifEmpty or onCreate' })
    .default('always')
    .describe(
      'Who has the say: Auth0 `always`; the system once anything is there (`ifEmpty`); the system once the account is made (`onCreate`).',
    ),
  whenCleared: z
    .enum(['clear', 'leave'], { error: 'clear or leave' })
    .optional()
    .describe(
      'What becomes of it when it became empty in Auth0. `clear` when left out; `leave` where all of `from` are data of an invitation, `app_metadata.invitation.…`.',
    ),
})
  .refine((source) => ONE_OF.filter((name) => source[name] !== undefined).length === 1, {
    error: 'an object with either from, value or account',
  })
  .refine(({ from, ...rest }) => from !== undefined || !onlyWithFrom.some((name) => rest[name]), {
    error: 'an object in which join, otherwise, lowerCase and maxLength stand beside from',
  });

const ONE_OF = ['from', 'value', 'account'] as const;
const onlyWithFrom = ['join', 'otherwise', 'lowerCase', 'maxLength'] as const;

/** A mapping to attributes of one kind of system. Null takes a default away. */
export function mappingTo<Target extends string>(target: z.ZodType<Target, Target>) {
  return z
    .partialRecord(target, z.nullable(source).describe('Where one attribute of an account comes from.'), {
      error: 'an object that says where each attribute comes from, or null for one that is not sent',
    })
    .default({})
    .describe('Where each attribute of an account comes from. What is not named stays as it is by default.');
}

/** Where one attribute comes from. */
export type MappingSource = z.output<typeof source>;
