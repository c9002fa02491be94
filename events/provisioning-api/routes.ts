/** Whom a route is for: the person whose token it is, or somebody who looks after all of them. */
export type Audience = 'person' | 'administrator';

export interface ApiRoute {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** As API Gateway writes it. */
  readonly path: string;
  /** The scope that a token must have for it. */
  readonly scope: ApiScope;
  readonly for: Audience;
  /** There only where invitations are configured. */
  readonly of?: 'invitations';
}

/** Every scope of the API, and what whoever grants it reads. */
export const API_SCOPES = {
  'read:me': 'See your own accounts',
  'write:me': 'Have accounts made for you, and change what you may change of yourself',
  'read:links': 'See which accounts users have',
  'write:links': 'Have accounts made for users, and failed ones tried again',
  'erase:users': 'Erase users everywhere',
  'export:users': 'Export what is kept of users',
  'read:invitations': 'See whom others invited, and what became of it',
  'write:invitations': 'Invite people into roles and data, and withdraw invitations',
} as const;

export type ApiScope = keyof typeof API_SCOPES;

/**
 * Every route of the provisioning API. The template, the function and docs/openapi.json are made of this table.
 * `{id}` is the base64url of the user_id in UTF-8, without padding: no id can then mean another path.
 */
export const API_ROUTES = {
  showMe: { method: 'GET', path: '/me', scope: 'read:me', for: 'person' },
  changeMe: { method: 'PATCH', path: '/me', scope: 'write:me', for: 'person' },
  askMine: { method: 'PUT', path: '/me/links/{system}', scope: 'write:me', for: 'person' },
  showUser: { method: 'GET', path: '/users/{id}', scope: 'read:links', for: 'administrator' },
  askFor: { method: 'PUT', path: '/users/{id}/links/{system}', scope: 'write:links', for: 'administrator' },
  listLinks: { method: 'GET', path: '/links', scope: 'read:links', for: 'administrator' },
  eraseUser: { method: 'POST', path: '/users/{id}/erasure', scope: 'erase:users', for: 'administrator' },
  exportUser: { method: 'GET', path: '/users/{id}/export', scope: 'export:users', for: 'administrator' },
  retry: {
    ...{ method: 'POST', path: '/users/{id}/links/{system}/retry' },
    ...{ scope: 'write:links', for: 'administrator' },
  },
  invite: {
    ...{ method: 'POST', path: '/invitations', scope: 'write:invitations' },
    ...{ for: 'administrator', of: 'invitations' },
  },
  listInvitations: {
    ...{ method: 'GET', path: '/invitations', scope: 'read:invitations' },
    ...{ for: 'administrator', of: 'invitations' },
  },
  showInvitation: {
    ...{ method: 'GET', path: '/invitations/{invitation}', scope: 'read:invitations' },
    ...{ for: 'administrator', of: 'invitations' },
  },
  resendInvitation: {
    ...{ method: 'POST', path: '/invitations/{invitation}/resend', scope: 'write:invitations' },
    ...{ for: 'administrator', of: 'invitations' },
  },
  revokeInvitation: {
    ...{ method: 'POST', path: '/invitations/{invitation}/revocation', scope: 'write:invitations' },
    ...{ for: 'administrator', of: 'invitations' },
  },
} as const satisfies Readonly<Record<string, ApiRoute>>;

export type ApiRouteName = keyof typeof API_ROUTES;

/** As API Gateway names a route: `GET /me`. */
export const routeKeyOf = ({ method, path }: ApiRoute): string => `${method} ${path}`;
