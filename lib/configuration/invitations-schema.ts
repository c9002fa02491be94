import * as z from 'zod';
import { trustedConnections } from './correlation-schema';
import { plainText } from './plain-text';
import { section, textLike, wholeNumber } from './section';
import { throttleOf } from './throttle-schema';

const ADDRESS =
  "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+";
// A name in front is quoted by who sends; what would end the quotes or the line stays out.
const sender = textLike(
  new RegExp(`^(?=.{3,320}$)(?:${ADDRESS}|[^\\p{C}\\p{Zl}\\p{Zp}<>"\\\\@]{1,64} <${ADDRESS}>)$`, 'u'),
  "an address, or a name and an address, such as 'Acme <hello@acme.com>'",
);

const clientId = textLike(
  /^(?!replace-me$)[A-Za-z0-9_-]{1,64}$/,
  'the client id of an application of the tenant, at most 64 letters, digits, _ and -',
);

const loginUri = textLike(
  /^(?=.{1,500}$)https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?\/[^\s#"<>\\]*$/,
  'an https address with a path and without #, such as https://shop.acme.com/login',
);

const application = section({
  clientId: clientId.describe('Of the application in the tenant.'),
  loginUri: loginUri.describe('Its `initiate_login_uri`: where people are led once they accepted.'),
  label: plainText(64).optional().describe('What mails and pages call it. Its name when left out.'),
}).describe('An application of the tenant that people land in.');

const applicationName = textLike(
  /^[a-z][a-z0-9-]{0,30}$/,
  'a name of lower-case letters, digits and dashes that begins with a letter, at most 31 characters',
);

const MOST_APPLICATIONS = 20;
/** They are in the environment of a function, which may have 4 kB. */
const MOST_APPLICATIONS_BYTES = 2_000;
const sizeOf = (given: Readonly<Record<string, { loginUri: string; label?: string | undefined }>>) =>
  Object.entries(given)
    .map(([name, { loginUri, label = '' }]) => Buffer.byteLength(name + loginUri + label))
    .reduce((sum, bytes) => sum + bytes, 0);
/** They travel in events, and are in the environment of a function. */
const MOST_ROLES = 20;

/** Links that carry people into roles and data. */
export const invitations = section({
  from: sender.describe('Who mails are from. Its domain must be verified in Amazon SES.'),
  replyTo: sender.optional().describe('Who answers to mails go to. The sender when left out.'),
  client: clientId.describe(
    'Client id of the application of the pages on which invitations are accepted: a Regular Web Application of the tenant.',
  ),
  applications: z
    .record(applicationName, application, { error: 'an object with an application per name' })
    .refine((given) => Object.keys(given).length > 0, { error: 'at least one application' })
    .refine((given) => Object.keys(given).length <= MOST_APPLICATIONS, {
      error: `at most ${MOST_APPLICATIONS} applications`,
    })
    .refine((given) => sizeOf(given) <= MOST_APPLICATIONS_BYTES, {
      error: `names, labels and addresses of ${MOST_APPLICATIONS_BYTES} bytes at most, together`,
    })
    .describe('Where people land, by name. The first is the one of an invitation that names none.'),
  roles: z
    .record(plainText(64), textLike(/^rol_[A-Za-z0-9_-]{1,60}$/, 'the id of a role, such as rol_1a2B3c'), {
      error: 'an object with the id of a role per name',
    })
    .refine((given) => Object.keys(given).length <= MOST_ROLES, { error: `at most ${MOST_ROLES} roles` })
    .default({})
    .describe(
      'The roles that an invitation may grant, and no other ones: their ids, by their names in Auth0.',
    ),
  expiryDays: wholeNumber(1, 30)
    .default(7)
    .describe('Days that an invitation is good, where it does not say.'),
  keepAddressDays: wholeNumber(1, 365)
    .default(30)
    .describe(
      'Days after which the address of an invitation that nobody accepted is forgotten, from its end on.',
    ),
  provisionOn: z
    .enum(['login', 'invite'], { error: 'login or invite' })
    .default('login')
    .describe(
      'When users that are made ahead, in the mode precreate, get their accounts: with their first login, or with the invitation.',
    ),
  connection: textLike(/^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/, 'the name of a database connection')
    .default('Username-Password-Authentication')
    .describe('The database connection in which users are made ahead.'),
  trustVerifiedEmailFrom: trustedConnections
    .prefault({})
    .describe(
      'Connections whose word counts that an address is verified, of invitations that ask for it: whoever runs one asserts it.',
    ),
  throttle: throttleOf(50, 100).prefault({}).describe('Protects the API of the pages.'),
});

export type InvitationsConfiguration = z.output<typeof invitations>;

interface OfEnvironment {
  readonly provisioningApi?: object | undefined;
  readonly invitations?: InvitationsConfiguration | undefined;
}

/** Invitations are made by routes of that API. */
export function refuseWithoutApi(
  { provisioningApi, invitations: given }: OfEnvironment,
  context: z.core.$RefinementCtx,
): void {
  if (given === undefined || provisioningApi !== undefined) return;
  context.addIssue({
    code: 'custom',
    path: ['invitations'],
    message: 'only with provisioningApi, whose routes make invitations',
    params: { given: 'invitations without provisioningApi' },
  });
}
