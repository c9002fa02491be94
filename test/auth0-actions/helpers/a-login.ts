import { anAuth0Event, anAuth0User } from './an-auth0-event';

export const STATUS_SECRET = 'status-secret-of-the-tests-0123456789abcdef';
export const RETURN_SECRET = 'return-secret-of-the-tests-0123456789abcdef';
export const TRANSACTION = {
  id: 'tx-1',
  protocol: 'oidc-basic-profile',
  redirect_uri: 'https://app.acme.com/callback?a=1',
};
export const REQUEST = { hostname: 'login.acme.com', query: { response_type: 'code' }, body: {} };

/** What must never be seen beside {@link PERSONAL}. */
export const STATUS_SECRETS = [STATUS_SECRET, RETURN_SECRET];

export type ALogin = Record<string, unknown> & { readonly secrets: Readonly<Record<string, string>> };

/** Ada comes by Google, with `flag` from earlier. `url` is where both APIs are; `overrides` replace whole fields. */
export function aLogin(url: string, flag?: unknown, overrides: Record<string, unknown> = {}): ALogin {
  const { secrets } = anAuth0Event();
  const app_metadata = { plan: 'gold', ...(flag === undefined ? {} : { punctual: flag }) };
  return {
    ...anAuth0Event({ connection: { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' } }),
    ...{ user: anAuth0User({ app_metadata }), request: REQUEST, transaction: TRANSACTION },
    secrets: {
      ...secrets,
      ...{ EVENT_API_URL: url, STATUS_URL: url, STATUS_SECRET, RETURN_SECRET },
      TENANT_ORIGINS: 'https://acme.eu.auth0.com,https://login.acme.com',
    },
    ...overrides,
  } as ALogin;
}

/** The same without what a status page needs. */
export function withoutStatus({ secrets, ...event }: ALogin): ALogin {
  const { STATUS_URL: _, STATUS_SECRET: __, RETURN_SECRET: ___, TENANT_ORIGINS: ____, ...others } = secrets;
  return { ...event, secrets: others };
}
