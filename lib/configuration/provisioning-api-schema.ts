import * as z from 'zod';
import { section, textLike, wholeNumber } from './section';
import { throttleOf } from './throttle-schema';

const audience = textLike(
  /^(?=.{1,200}$)[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/-]+$/,
  'the identifier of an API of the tenant, such as https://punctual.acme.com, at most 200 characters',
);
const issuer = textLike(
  /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+\/$/,
  'the https address of the tenant or of one of its domains, with a / at its end',
);

const MOST_OWN = 20;

const ownPath = textLike(
  /^user_metadata\.[A-Za-z0-9_]{1,64}$/,
  'a path such as user_metadata.theme, with one name of letters, digits and _',
);

/** The API for those who come with an access token of the tenant. */
export const provisioningApi = section({
  audience: audience
    .optional()
    .describe(
      'Identifier of the API in the tenant. `https://punctual/` and the name of the environment when left out.',
    ),
  issuer: issuer
    .optional()
    .describe(
      'Who makes the tokens: the tenant, which is what it is when left out, or the one of `domains` at which people log in.',
    ),
  throttle: throttleOf(100, 200).prefault({}).describe('Protects the account.'),
  concurrency: wholeNumber(2, 1_000)
    .default(20)
    .describe(
      'Calls that are answered at once. Reserved for them, so that they take no function away from the systems; half of them at most may wait for an account.',
    ),
  management: z
    .boolean({ error: 'true or false' })
    .default(false)
    .describe(
      'Whether Auth0 is asked of a user of whom neither the token nor the call says enough. It makes a secret for an application of the tenant that may `read:users`.',
    ),
  selfService: z
    .array(ownPath, { error: 'a list of paths such as user_metadata.theme' })
    .max(MOST_OWN, { error: `at most ${MOST_OWN} paths` })
    .default([])
    .describe(
      'What people may change of themselves by `PATCH /me`: paths in `user_metadata`. Needs `management: true`, and an application that may `update:users` as well. Nothing that a scope or the country of a system goes by, as people would move themselves.',
    ),
});

interface OfEnvironment {
  readonly tenant: string;
  readonly domains: readonly string[];
  readonly provisioningApi?: z.output<typeof provisioningApi> | undefined;
}

type Settings = z.output<typeof provisioningApi>;
export type ProvisioningApiConfiguration = {
  readonly [Name in keyof Settings]-?: NonNullable<Settings[Name]>;
};

/** The same with what follows from the environment; undefined where there is no such API. */
export function provisioningApiOf(
  environmentName: string,
  { tenant, provisioningApi: settings }: OfEnvironment,
): ProvisioningApiConfiguration | undefined {
  if (settings === undefined) return undefined;
  const {
    audience = `https://punctual/${environmentName}`,
    issuer = issuerOf(tenant),
    throttle,
    concurrency,
    management,
    selfService,
  } = settings;
  return { audience, issuer, throttle, concurrency, management, selfService };
}

/** Nobody else vouches for the people of a tenant. */
export function refuseForeignIssuer(
  { tenant, domains, provisioningApi: settings }: OfEnvironment,
  context: z.core.$RefinementCtx,
): void {
  const { issuer: given } = settings ?? {};
  if (given === undefined || [tenant, ...domains].map(issuerOf).includes(given)) return;
  // What is no address at all was told already.
  if (!issuer.safeParse(given).success) return;
  context.addIssue({
    code: 'custom',
    path: ['provisioningApi', 'issuer'],
    message: 'the address of the tenant or of one of domains',
    params: { given: JSON.stringify(given) },
  });
}

/** Nobody but Auth0 keeps what is changed. */
export function refuseUnkeptChanges(
  { provisioningApi: settings }: OfEnvironment,
  context: z.core.$RefinementCtx,
): void {
  if (settings === undefined || settings.management || settings.selfService.length === 0) return;
  context.addIssue({
    code: 'custom',
    path: ['provisioningApi', 'selfService'],
    message: 'only with management: true, as what people change is kept in Auth0',
    params: { given: JSON.stringify(settings.selfService) },
  });
}

const issuerOf = (domain: string) => `https://${domain}/`;
