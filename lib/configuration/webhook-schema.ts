import * as z from 'zod';
import { handoverSettings } from './handover-schema';
import { textLike } from './section';

/** A name that has letters at its end: an address in its place would be connected to without being looked up. */
const PUBLIC_URL =
  /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*\/?$/;

export const webhookSettings = {
  kind: z
    .literal('webhook')
    .describe('A system that makes its accounts itself, told by a POST that is signed as Standard Webhooks.'),
  url: textLike(
    PUBLIC_URL,
    'an https URL with the name of a host and no query, such as https://hooks.example.com/accounts',
  ).describe('Where it is told. The name must lead to the public internet alone.'),
  ...handoverSettings,
};
