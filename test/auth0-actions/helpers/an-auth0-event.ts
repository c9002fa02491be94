import type { PostUserRegistrationEvent } from '../../../auth0-actions/types';

export const SIGNING_SECRET = `whsec_${'c2lnbmluZy1zZWNyZXQtb2YtdGhlLXRlc3Rz'}`;

/** What must never be seen in a log line. */
export const PERSONAL = ['auth0|67', 'ada@example.com', 'ada.lovelace', 'Lovelace', SIGNING_SECRET, 'key-1'];

/** What Auth0 hands over when Ada Lovelace signed up; `overrides` replace whole top-level fields. */
export function anAuth0Event(overrides: Record<string, unknown> = {}): PostUserRegistrationEvent {
  return {
    tenant: { id: 'acme' },
    connection: {
      id: 'con_1',
      name: 'Username-Password-Authentication',
      strategy: 'auth0',
      metadata: { a: 'b' },
    },
    user: anAuth0User(),
    secrets: {
      EVENT_API_URL: 'https://api.example.com/v1/',
      EVENT_API_KEY: 'key-1',
      EVENT_SIGNING_SECRET: SIGNING_SECRET,
    },
    request: { ip: '198.51.100.7', method: 'POST', geoip: { cityName: 'London' } },
    ...overrides,
  } as PostUserRegistrationEvent;
}

export function anAuth0User(
  overrides: Record<string, unknown> = {},
): Record<string, unknown> & { user_id: string } {
  return {
    user_id: 'auth0|6740d1f0a3c2b91e58d7f604',
    created_at: '2026-11-20T09:00:00.000Z',
    updated_at: '2026-11-20T09:00:00.000Z',
    email: 'ada@example.com',
    email_verified: true,
    username: 'ada.lovelace',
    name: 'Ada Lovelace',
    user_metadata: { country: 'GB' },
    app_metadata: { plan: 'gold' },
    ...overrides,
  };
}
