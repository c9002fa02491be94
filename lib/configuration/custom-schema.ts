import * as z from 'zod';
import { attributeName } from './attribute-name';
import { customCorrelation } from './correlation-schema';
import { mappingTo } from './mapping-schema';
import { textLike } from './section';

/** A name and never a path: what is bundled comes from the folder, or there is nothing. */
const MODULE = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const MOST_CHARACTERS = 1_000;

const json = z.custom<z.core.util.JSONType>((value) => z.json().safeParse(value).success, {
  error: 'a JSON value',
});

export const customSettings = {
  kind: z.literal('custom').describe("A system of a team's own, by a connector in `systems/`."),
  module: textLike(
    MODULE,
    'the name of a file in systems/ without .ts, of lower-case letters, digits and dashes, such as ticket-desk',
  ).describe(
    'The file in `systems/` whose default export is the connector, or the folder with an `index.ts`.',
  ),
  baseUrl: textLike(
    /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/,
    'an https URL without query and trailing slash, such as https://desk.example.com/api',
  ).describe('The base URL of the API: the connector calls what is below it, and nothing else.'),
  settings: z
    .record(z.string({ error: 'any text' }), json, { error: 'an object of JSON values' })
    .default({})
    .refine((settings) => JSON.stringify(settings).length <= MOST_CHARACTERS, {
      error: `at most ${MOST_CHARACTERS} characters as JSON: a function's environment holds no more`,
    })
    .describe(
      'What the connector reads as `settings`, by its own schema. No secrets: whoever sees the function sees them.',
    ),
  attributes: z
    .array(attributeName, { error: 'a list of user attributes' })
    .default(['email', 'username'])
    .describe('User attributes that an account takes over under the same name.'),
  mapping: mappingTo(attributeName),
  ...customCorrelation,
};
