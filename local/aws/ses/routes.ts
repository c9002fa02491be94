import type { RestRoute } from '../protocol/rest-protocol';

/** Operations of SES's REST interface, version 2. */
export const SES_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/v2/email/outbound-emails', operation: 'SendEmail' },
  { method: 'GET', path: '/v2/email/account', operation: 'GetAccount' },
  { method: 'GET', path: '/v2/email/identities/{EmailIdentity}', operation: 'GetEmailIdentity' },
  {
    method: 'GET',
    path: '/v2/email/configuration-sets/{ConfigurationSetName}',
    operation: 'GetConfigurationSet',
  },
];
