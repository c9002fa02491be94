import * as z from 'zod';
import { attributeName } from './attribute-name';
import { section, textLike } from './section';

const MAX_RULES = 5;

/** As an event has it: `user_metadata.country` travels as `user_metadata_country`. */
const userAttribute = textLike(
  /^[A-Za-z][A-Za-z0-9_]{0,127}$/,
  'a user attribute as an event has it, such as email or app_metadata_employee_id',
);

// As RFC 7644 has paths in filters, without value filters.
const scimAttribute = textLike(
  /^(?:urn:[A-Za-z0-9._:-]{1,200}:)?[A-Za-z][A-Za-z0-9_$-]*(?:\.[A-Za-z][A-Za-z0-9_$-]*)?$/,
  'a SCIM attribute path, such as userName, emails.value or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
).refine((path) => !/^(?:id|externalId)$/i.test(path), {
  error: 'an attribute other than id and externalId, which no profile knows',
});

const scimRule = section({
  attribute: scimAttribute.describe('What is looked for in the system.'),
  from: userAttribute.default('email').describe('The attribute of the user that it must equal.'),
});

const profileRule = section({
  attribute: z
    .literal('user_id', { error: 'user_id, the key of the table and all that a row can be asked for' })
    .describe('What is looked for in the table.'),
  from: z.literal('user_id', { error: 'user_id' }).default('user_id').describe('What it must equal.'),
});

const customRule = section({
  attribute: attributeName.describe('What is looked for in the system.'),
  from: userAttribute.default('email').describe('The attribute of the user that it must equal.'),
});

const names = (words: string) =>
  z
    .array(textLike(/^[A-Za-z0-9_.-]{1,128}$/, words), { error: `a list, each ${words}` })
    .max(50, { error: 'at most 50' });

/** Whose word counts that an address is the user's own. */
export const trustedConnections = section({
  strategies: names('the name of a strategy, such as auth0 or samlp')
    .default(['auth0'])
    .describe(
      'Every connection of these. `auth0` are databases; a custom database asserts `email_verified` by its own script.',
    ),
  connections: names('the name of a connection').default([]).describe('Single connections, by name.'),
});

const settings = <Rule extends z.ZodType>(rule: Rule) => ({
  correlate: z
    .array(rule, { error: 'a list of rules' })
    .max(MAX_RULES, { error: `at most ${MAX_RULES} rules` })
    .default([])
    .describe(
      "Rules by which an account that does not carry our externalId is known as the user's, asked in this order before one is created. What a rule finds is taken over or held for an operator; there is no second account beside it.",
    ),
  adopt: z
    .boolean({ error: 'true or false' })
    .default(false)
    .describe(
      'Takes over what a rule finds: one account, without externalId, for a user whose address a trusted connection verified. Only by rules from email, user_id and app_metadata, which nobody can say of themselves.',
    ),
  trustVerifiedEmailFrom: trustedConnections
    .prefault({})
    .describe('Connections whose word counts that an address is verified: whoever runs one asserts it.'),
});

/** What a system whose accounts can be looked up says of those that are there already. */
export const scimCorrelation = settings(scimRule);
export const profileCorrelation = settings(profileRule);
export const customCorrelation = settings(customRule);
