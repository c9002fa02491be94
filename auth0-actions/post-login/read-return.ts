import { RETURN_TOKEN_PARAMETER, type ReturnToken } from '../../events/login-tokens';
import { readNames, readValue } from '../../events/read-value';
import type { RedirectApi } from '../types';
import { connectionNameOf } from './connection-name';
import { quietly } from './quietly';
import { returnSecretsOf } from './status-secrets';

/** What may be believed of a return token. */
export type Returned = Pick<ReturnToken, 'all' | 'ready' | 'failed' | 'roles'>;

/**
 * What the person who comes back brings along, or undefined where it is not for us to believe. Auth0 looks at the
 * signature, the time and the state; that it is a return token, and this person's by this connection, is for us to see:
 * who has several may have all that one of them brings, and not all of another.
 */
export function readReturn(event: unknown, redirect: RedirectApi): Returned | undefined {
  const token = verified(returnSecretsOf(event), redirect);
  const userId = readValue(event, 'user.user_id');
  if (readValue(token, 'purpose') !== 'return' || typeof userId !== 'string') return undefined;
  if (readValue(token, 'sub') !== userId) return undefined;
  if (readValue(token, 'connection') !== connectionNameOf(event)) return undefined;
  const [ready, failed] = [readNames(token, 'ready'), readNames(token, 'failed')];
  const all = readValue(token, 'all');
  if (typeof all !== 'boolean' || ready === undefined || failed === undefined) return undefined;
  return { all, ready, failed, roles: readNames(token, 'roles') ?? [] };
}

function verified(secrets: readonly string[], redirect: RedirectApi): unknown {
  for (const secret of secrets) {
    const token = quietly(() =>
      redirect.validateToken({ secret, tokenParameterName: RETURN_TOKEN_PARAMETER }),
    );
    if (token !== undefined) return token;
  }
  return undefined;
}
