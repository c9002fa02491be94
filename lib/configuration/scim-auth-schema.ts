import * as z from 'zod';
import { section, textLike } from './section';

// The environment of a function holds 4 KB for everything, and these are a part of it.
const words = 'a text of 1 to 256 characters without control characters';
const text = textLike(/^[\x20-\x7e]{1,256}$/, words);

const bearer = section({
  kind: z.literal('bearer').describe('A token that the system issued, in a secret.'),
});

const clientCredentials = section({
  kind: z
    .literal('client-credentials')
    .describe('Access tokens by the client credentials of OAuth 2.0; the client is in a secret.'),
  tokenUrl: textLike(
    /^(?=.{1,256}$)https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*\/?$/,
    'an https URL without query, such as https://idp.example.com/oauth/token',
  ).describe('The token endpoint.'),
  scope: text.optional().describe('What the token is to allow, as the endpoint wants it said.'),
  audience: text.optional().describe('Whom the token is for, where the endpoint wants to know.'),
  authMethod: z
    .enum(['basic', 'post'], { error: 'basic or post' })
    .default('basic')
    .describe(
      'Whether the client shows itself in a header (`client_secret_basic`) or in the body (`client_secret_post`).',
    ),
});

export const scimAuth = z
  .discriminatedUnion('kind', [bearer, clientCredentials], {
    error: "an object with kind: 'bearer' or 'client-credentials'",
  })
  .default({ kind: 'bearer' })
  .describe('How we show the system who we are.');

export type ScimAuth = z.output<typeof scimAuth>;
