import { randomUUID } from 'node:crypto';
import type { AuthenticationMethod, Login, RequestFacts, WayIn } from './post-login/login';
import { REQUEST, TRANSACTION } from './registration-event';
import type { SampleUser } from './sample-user';

/** A login of which only the Actions are run: as they would see it, and without an application behind it. */
export function seenLogin(
  userId: string,
  connection: SampleUser['connection'],
  way: WayIn,
  at: number,
): Login {
  const client = { client_id: 'local', name: 'A local application' };
  const visitor = { userId, connection, methods: [methodOf(connection, at)] };
  return { id: randomUUID(), way, client, visitor, asked: askedBy(way) };
}

export function seenRequest(way: WayIn): RequestFacts {
  const { query, body } = { query: {}, body: {}, ...parametersOf(way) };
  const { ip, method, hostname, language, user_agent } = REQUEST;
  return { ip, method, hostname, language, user_agent, query, body };
}

/** How somebody who came by a connection showed who they are. */
function methodOf({ strategy }: SampleUser['connection'], at: number): AuthenticationMethod {
  return { name: strategy === 'auth0' ? 'pwd' : 'federated', timestamp: new Date(at).toISOString() };
}

function askedBy(way: WayIn): Record<string, string> {
  const { redirect_uri, requested_scopes, state } = TRANSACTION;
  const asked = { redirect_uri, scope: requested_scopes.join(' '), state, response_type: 'code' };
  return way === 'silent' ? { ...asked, prompt: 'none' } : asked;
}

function parametersOf(way: WayIn): Partial<Pick<RequestFacts, 'query' | 'body'>> {
  switch (way) {
    case 'browser':
      return { query: { response_type: 'code' } };
    case 'silent':
      return { query: { response_type: 'code', prompt: 'none' } };
    case 'refresh':
      return { body: { grant_type: 'refresh_token' } };
    case 'password':
      return { body: { grant_type: 'password' } };
  }
}
