import type { SampleUser } from './sample-user';

export interface Tenant {
  /** Auth0's `event.tenant.id`, the name without its domain. */
  readonly id: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What Auth0 hands to a post-user-registration Action: the documented fields, among them some that our Action
 * has no business to send on.
 * @see https://auth0.com/docs/actions/reference/post-user-registration/post-user-registration-event-object
 */
export function registrationEvent({ connection, user }: SampleUser, tenant: Tenant, at: number): object {
  const time = new Date(at).toISOString();
  return {
    connection: { metadata: {}, ...connection },
    tenant: { id: tenant.id },
    secrets: { ...tenant.secrets },
    user: { created_at: time, updated_at: time, app_metadata: {}, user_metadata: {}, ...user },
    request: REQUEST,
    transaction: TRANSACTION,
  };
}

export const REQUEST = {
  ip: '203.0.113.7',
  method: 'POST',
  hostname: 'punctual-dev.eu.auth0.com',
  language: 'en',
  user_agent: 'Mozilla/5.0',
  geoip: { cityName: 'Galway', continentCode: 'EU', countryCode: 'IE', countryName: 'Ireland' },
};

export const TRANSACTION = {
  acr_values: [],
  locale: 'en',
  protocol: 'oidc-basic-profile',
  redirect_uri: 'https://app.example.com/callback',
  requested_scopes: ['openid', 'profile', 'email'],
  response_mode: 'query',
  response_type: ['code'],
  state: 'local',
  ui_locales: [],
};
