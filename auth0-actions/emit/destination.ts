import { fromBase64 } from '../../events/base64';
import { readValue } from '../../events/read-value';
import { SECRET_PREFIX } from '../../events/signature';
import { SECRET_NAMES } from '../secret-names';
import { NotEmitted } from './emit-codes';

/** Where events go and what they are signed with. */
export interface Destination {
  readonly url: string;
  readonly apiKey: string;
  /** `whsec_` + base64. */
  readonly signingSecret: string;
}

/** Reads the Action's secrets. Throws {@link NotEmitted}. */
export function readDestination(event: unknown): Destination {
  const [base, apiKey, signingSecret] = [
    SECRET_NAMES.url,
    SECRET_NAMES.apiKey,
    SECRET_NAMES.signingSecret,
  ].map((name) => readSecret(event, name)) as [string, string, string];
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new NotEmitted('bad-api-key');
  if (!isSigningSecret(signingSecret)) throw new NotEmitted('bad-signing-secret');
  return { url: eventsUrl(base), apiKey, signingSecret };
}

// At least 24 bytes, as Standard Webhooks asks for.
function isSigningSecret(text: string): boolean {
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(text)) return false;
  try {
    return fromBase64(text.slice(SECRET_PREFIX.length)).length > 0;
  } catch {
    return false;
  }
}

// A value pasted into a form often brings a newline, which no header may hold.
function readSecret(event: unknown, name: string): string {
  const value = readValue(event, `secrets.${name}`);
  if (typeof value !== 'string' || value.trim() === '') throw new NotEmitted('missing-secret');
  return value.trim();
}

function eventsUrl(base: string): string {
  return new URL('events', readBase(base)).href;
}

/**
 * An address with a slash at its end. Throws {@link NotEmitted} for plain http, which would show the key and the
 * person to everybody on the way; on this machine there is no way.
 */
export function readBase(base: string): URL {
  const url = parseUrl(base.endsWith('/') ? base : `${base}/`);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) throw new NotEmitted('bad-url');
  return url;
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new NotEmitted('bad-url');
  }
}
