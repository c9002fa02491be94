import { REQUEST, TRANSACTION } from '../registration-event';
import type { Profile } from '../tenant-users';
import type { Login, RequestFacts, WayIn } from './login';

export interface EventFacts {
  readonly login: Login;
  readonly user: Profile;
  readonly request: RequestFacts;
  readonly tenantId: string;
  readonly loginsCount: number;
  /** Names. */
  readonly roles: readonly string[];
  readonly factors: readonly string[];
  readonly methods: readonly object[];
  readonly transaction: object;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What Auth0 hands to a post-login Action: the documented fields, among them some that ours has no business with.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
export function postLoginEvent(facts: EventFacts): object {
  const { login, user, request, factors } = facts;
  const { audience, organization } = login.asked;
  return structuredClone({
    tenant: { id: facts.tenantId },
    secrets: { ...facts.secrets },
    user: { app_metadata: {}, user_metadata: {}, ...user, ...factorsOf(factors) },
    connection: { metadata: {}, ...login.visitor.connection },
    client: { ...login.client, metadata: {} },
    request: { ...request, geoip: REQUEST.geoip },
    transaction: { ...transactionOf(login), metadata: facts.transaction },
    authentication: { methods: facts.methods },
    authorization: { roles: facts.roles },
    stats: { logins_count: facts.loginsCount },
    ...(login.sessionId === undefined ? {} : { session: { id: login.sessionId } }),
    ...(audience === undefined ? {} : { resource_server: { identifier: audience } }),
    ...(organization === undefined ? {} : { organization: organizationOf(organization) }),
  });
}

function factorsOf(types: readonly string[]): object {
  if (types.length === 0) return { multifactor: [], enrolledFactors: [] };
  return { multifactor: ['guardian'], enrolledFactors: types.map((type) => ({ type })) };
}

export function organizationOf(id: string) {
  const name = id.replace(/^org_/, '');
  return { id, name, display_name: name, metadata: {} };
}

/** Protocols of those who get tokens without a browser. */
const PROTOCOLS: Readonly<Partial<Record<WayIn, string>>> = {
  refresh: 'oauth2-refresh-token',
  password: 'oauth2-password',
};

const words = (text: string | undefined) => (text ?? '').split(' ').filter((word) => word !== '');

function transactionOf({ id, way, asked }: Login): object {
  const protocol = PROTOCOLS[way];
  const scopes = words(asked.scope);
  if (protocol !== undefined) return { acr_values: [], protocol, requested_scopes: scopes, ui_locales: [] };
  const given = Object.fromEntries(
    ['login_hint', 'redirect_uri', 'state', 'response_mode'].flatMap((name) =>
      asked[name] === undefined ? [] : [[name, asked[name]]],
    ),
  );
  return {
    ...{ id, protocol: TRANSACTION.protocol, locale: words(asked.ui_locales)[0] ?? 'en', ...given },
    ...{ acr_values: words(asked.acr_values), ui_locales: words(asked.ui_locales), requested_scopes: scopes },
    ...{ response_type: words(asked.response_type), prompt: words(asked.prompt) },
  };
}
