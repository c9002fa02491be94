import { readText, readValue } from '../../events/read-value';
import { readBase } from '../emit/destination';
import { STATUS_SECRET_NAMES } from '../secret-names';

/** A JWT of HS256 wants a key of 32 bytes. */
const LEAST_SECRET = 32;
const MOST_SECRET = 4096;

/** Base of the status API with a slash at its end; undefined where none is configured, or none that may be called. */
export function statusUrlOf(event: unknown): string | undefined {
  return baseIn(event, STATUS_SECRET_NAMES.url);
}

/** The address in a secret, as a base with a slash at its end; undefined where it is none that may be called. */
export function baseIn(event: unknown, name: string): string | undefined {
  const base = readText(event, `secrets.${name}`, MOST_SECRET);
  try {
    return base === undefined ? undefined : readBase(base.trim()).href;
  } catch {
    return undefined;
  }
}

/** What the status token is signed with. */
export function statusSecretOf(event: unknown): string | undefined {
  return secretOf(event, STATUS_SECRET_NAMES.secret);
}

/** What the return token may be signed with: several with spaces between them while they are rotated. */
export function returnSecretsOf(event: unknown): string[] {
  const secrets = readText(event, `secrets.${STATUS_SECRET_NAMES.returnSecret}`, MOST_SECRET) ?? '';
  return secrets.split(/\s+/).filter((secret) => secret.length >= LEAST_SECRET);
}

function secretOf(event: unknown, name: string): string | undefined {
  const secret = readText(event, `secrets.${name}`, MOST_SECRET)?.trim();
  return secret !== undefined && secret.length >= LEAST_SECRET ? secret : undefined;
}

/**
 * The origin of the domain that the person is logging in at, if it is one of the tenant's. Where it is none of the
 * list, nobody is sent away: they could not come back.
 */
export function originOf(event: unknown): string | undefined {
  const hostname = readText(event, 'request.hostname', 256)?.toLowerCase();
  const listed = readValue(event, `secrets.${STATUS_SECRET_NAMES.origins}`);
  if (hostname === undefined || typeof listed !== 'string') return undefined;
  return listed
    .split(',')
    .flatMap(toOrigin)
    .find(({ host }) => host === hostname)?.origin;
}

function toOrigin(text: string): URL[] {
  try {
    const url = readBase(text.trim());
    return url.pathname === '/' ? [url] : [];
  } catch {
    return [];
  }
}
