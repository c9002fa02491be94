import * as z from 'zod';
import { userAttribute } from './mapping-schema';
import { scimAuth } from './scim-auth-schema';
import { section, textLike } from './section';

const CODE = /^[a-z0-9][a-z0-9-]{0,15}$/;

const countryCode = textLike(CODE, 'a code of lower-case letters, digits and dashes, such as de');
const instanceName = textLike(CODE, 'a name of lower-case letters, digits and dashes, such as de or eu');

/** @param baseUrl how the address of a server is written */
export const instancesAt = (baseUrl: z.ZodString) =>
  z
    .record(instanceName, instanceAt(baseUrl).describe('An instance; its name stays for good.'), {
      error: 'an object with an instance per name',
    })
    .refine((instances) => Object.keys(instances).length > 0, { error: 'at least one instance' })
    .optional()
    .describe('The servers of a system that has several, by name, instead of `baseUrl`.');

const instanceAt = (baseUrl: z.ZodString) =>
  section({
    baseUrl: baseUrl.describe("The base URL of this instance's server."),
    countries: z
      .array(countryCode, { error: 'a list of countries' })
      .min(1, { error: 'at least one country' })
      .optional()
      .describe("Countries whose users are there. The one of the instance's own name when left out."),
    auth: scimAuth
      .removeDefault()
      .optional()
      .describe('How we show this instance who we are. As `auth` of the system says when left out.'),
  });

export const country = section({
  from: userAttribute
    .optional()
    .describe(
      "The attribute of the Auth0 user that says their country, such as `user_metadata.country`, where an event has no `data.country`. It is in `emit.attributes`, or always sent. People write their `user_metadata` themselves: take `app_metadata` where the country must not be the person's to choose.",
    ),
  default: countryCode
    .optional()
    .describe('The country of whoever says none. A country that no instance has is refused all the same.'),
  existing: instanceName
    .optional()
    .describe('The instance of the accounts that were made before the system had several.'),
})
  .optional()
  .describe('Which of `instances` a user gets an account in.');

export type ScimInstance = z.output<ReturnType<typeof instanceAt>>;
