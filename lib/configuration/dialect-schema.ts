import * as z from 'zod';
import { canAskFor, DIALECTS, type Dialect, type DialectName } from '../../lambdas/connectors/scim/dialect';
import { section, textLike, wholeNumber } from './section';

const NAMES = Object.keys(DIALECTS) as [DialectName, ...DialectName[]];
const words = NAMES.map((name) => `'${name}'`).join(', ');

const attribute = textLike(
  /^(?:urn:[A-Za-z0-9._:-]{1,200}:)?[A-Za-z][A-Za-z0-9_$.-]{0,99}$/,
  'a SCIM attribute path, such as userName or emails.value',
);
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: values.join(' or ') }).optional();

const single = section({
  like: z
    .enum(NAMES, { error: `one of ${words}` })
    .default('rfc')
    .describe('Where the settings come from that are not given.'),
  patch: oneOf(['with-path', 'without-path', 'put']).describe(
    'How a change is sent: as operations that have a path each, as one without (its value says what changes), or as the whole account by `PUT`, which is read just before.',
  ),
  filter: z
    .union([z.literal('any'), z.array(attribute).min(1)], { error: "'any' or a list of SCIM attributes" })
    .optional()
    .describe('What a search can ask for. `externalId` must be in it, or a `userName` that never changes.'),
  booleans: oneOf(['json', 'True', 'true']).describe(
    'Truth values such as `active` as JSON has them, or as texts: `"True"` and `"False"`, or `"true"` and `"false"`.',
  ),
  mediaType: oneOf(['application/scim+json', 'application/json']).describe(
    'Media type of what is sent. Answers may have either.',
  ),
  maxResults: wholeNumber(2, 1_000)
    .optional()
    .describe('The most that a search shows. So many are asked for, and a full page counts as `ambiguous`.'),
  valueType: textLike(/^[A-Za-z0-9_-]{1,64}$/, 'a word, such as work')
    .optional()
    .describe('The `type` that `emails` and `phoneNumbers` are sent with, where the server asks for one.'),
  removal: oneOf(['delete', 'disable']).describe(
    'With `disable` the server removes no account, whatever it answers to `DELETE`. It is not asked to.',
  ),
});

export const dialect = z
  .union([z.enum(NAMES), single], {
    error: `one of ${words}, or an object such as { like: 'rfc', patch: 'put' }`,
  })
  .default('rfc')
  .describe('In what the server differs from RFC 7643 and RFC 7644: a name, or single settings.');

export type DialectSetting = z.output<typeof dialect>;

/** The dialect with all of its settings. */
export function dialectOf(setting: DialectSetting): Dialect {
  if (typeof setting === 'string') return DIALECTS[setting];
  const { like, ...own } = setting;
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...DIALECTS[like], ...Object.fromEntries(given) };
}

/** True when accounts can be looked up by our externalId, or else only by their user name. */
export const findsByExternalId = (setting: DialectSetting): boolean =>
  canAskFor(dialectOf(setting), 'externalId');
