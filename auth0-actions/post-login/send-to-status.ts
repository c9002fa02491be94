import {
  type Grant,
  STATUS_TOKEN_PARAMETER,
  STATUS_TOKEN_SECONDS,
  type StatusTokenPayload,
} from '../../events/login-tokens';
import { readText, readTimestamp, readValue } from '../../events/read-value';
import type { RedirectApi } from '../types';
import { connectionNameOf } from './connection-name';
import { originOf, statusSecretOf, statusUrlOf } from './status-secrets';

const MOST_LANGUAGES = 100;
const MOST_ADDRESS = 2048;
/** Never where a login ends, and never to be allowed by the policy of a page. */
const NO_APPS: ReadonlySet<string> = new Set(['javascript:', 'data:', 'blob:', 'about:', 'file:']);

/** Whether the browser can be sent to the status page and come back from it. */
export function canSendToStatus(event: unknown, redirect: RedirectApi): boolean {
  return wayOf(event, redirect) !== undefined;
}

/**
 * Sends the browser to the status page where that is possible; says whether it was.
 *
 * @param grant what is waited for besides the accounts, or is there already
 */
export function sendToStatus(event: unknown, redirect: RedirectApi, at: number, grant?: Grant): boolean {
  const way = wayOf(event, redirect);
  if (way === undefined) return false;
  const { url, secret, origin } = way;
  const payload = { ...payloadOf(event, origin, at), ...(grant && { grant }) };
  const token = redirect.encodeToken({ secret, payload, expiresInSeconds: STATUS_TOKEN_SECONDS });
  redirect.sendUserTo(url, { query: { [STATUS_TOKEN_PARAMETER]: token } });
  return true;
}

function wayOf(event: unknown, redirect: RedirectApi) {
  const [url, secret, origin] = [statusUrlOf(event), statusSecretOf(event), originOf(event)];
  if (url === undefined || secret === undefined || origin === undefined) return undefined;
  return redirect.canRedirect() === true ? { url, secret, origin } : undefined;
}

// The token travels in an address, signed and for everybody to read. We put nothing personal in it; Auth0 adds the user's
// id and address, which is why the page is left out of every log and sends no referrer.
function payloadOf(event: unknown, origin: string, at: number): StatusTokenPayload {
  const app = appOf(readText(event, 'transaction.redirect_uri', MOST_ADDRESS));
  const createdAt = readTimestamp(event, 'user.created_at');
  const languages = languagesOf(readValue(event, 'transaction.ui_locales'));
  return {
    ...{ purpose: 'status', origin, at },
    connection: connectionNameOf(event),
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
    ...(app === undefined ? {} : { app }),
    ...(languages === undefined ? {} : { languages }),
  };
}

function appOf(address: string | undefined): string | undefined {
  try {
    const { protocol, origin } = new URL(address ?? '');
    if (NO_APPS.has(protocol)) return undefined;
    return protocol === 'https:' || protocol === 'http:' ? origin : protocol;
  } catch {
    return undefined;
  }
}

function languagesOf(locales: unknown): string | undefined {
  try {
    const text = Array.isArray(locales) ? locales.filter((one) => typeof one === 'string').join(' ') : '';
    return text.slice(0, MOST_LANGUAGES).trim() || undefined;
  } catch {
    return undefined;
  }
}
