import * as z from 'zod';
import { userAttribute } from './mapping-schema';
import { section, textLike } from './section';

const names = (what: string, longest: number) =>
  z
    .array(textLike(new RegExp(`^.{1,${longest}}$`, 's'), `a text of 1 to ${longest} characters`), {
      error: `a list of ${what}`,
    })
    .min(1, { error: `at least one of the ${what}` })
    .optional();

const plain = z.union([z.string().max(1024), z.number(), z.boolean()], {
  error: 'a text, a number, true or false',
});

const condition = section({
  attribute: userAttribute.describe(
    'An attribute of the Auth0 user, as in `emit.attributes`. It is in `emit.attributes`, or always sent.',
  ),
  oneOf: z
    .array(plain, { error: 'a list of texts, numbers, true or false' })
    .min(1, { error: 'at least one value' })
    .optional()
    .describe('Its value is one of these; of a list one member is.'),
  exists: z
    .boolean({ error: 'true or false' })
    .optional()
    .describe('Whether it has a value at all, instead of `oneOf`.'),
}).refine(({ oneOf, exists }) => (oneOf === undefined) !== (exists === undefined), {
  error: 'an object with either oneOf or exists',
});

export const scope = section({
  connections: names('names of connections', 128).describe(
    "Names of Auth0 connections; the user's is one of them. With `strategies`, one of both holds.",
  ),
  strategies: names('strategies of connections', 64).describe(
    'Strategies of Auth0 connections, such as `samlp` or `google-oauth2`.',
  ),
  where: z
    .array(condition.describe('A condition.'), { error: 'a list of conditions' })
    .min(1, { error: 'at least one condition' })
    .optional()
    .describe('Conditions on attributes of the user. All of them hold, and so do the connections.'),
  onLeave: z
    .enum(['disable', 'delete', 'keep'], { error: 'disable, delete or keep' })
    .default('disable')
    .describe(
      'What becomes of the account of a user who leaves the scope, with the wait, the grace period and the threshold of `deprovision`. `keep` leaves it as it is.',
    ),
}).refine(({ connections, strategies, where }) => Boolean(connections ?? strategies ?? where), {
  error: 'an object with connections, strategies or where',
});

/** Who is to have an account. */
export type ScopeConfiguration = z.output<typeof scope>;
