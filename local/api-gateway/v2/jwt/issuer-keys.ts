import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Clock } from '../../../clock';

/** The keys of an issuer, as its discovery document names them. Rejects when the issuer cannot be asked. */
export type KeysOf = (issuer: string) => Promise<JWTVerifyGetKey>;

const DISCOVERY = z.object({ issuer: z.string(), jwks_uri: z.string() });
const KEY_SET = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** API Gateway may keep keys as long as this, and does not ask anew for one that it does not find. */
const KEEP_MS = 7_200_000;
/** Longer than the 1.5 s of AWS, as a stand-in may have to make its keys when it is asked first. */
const TIMEOUT_MS = 10_000;

/** @param fetchJson reaches the outside world of the run */
export function createIssuerKeys(
  clock: Pick<Clock, 'now'>,
  fetchJson: (url: string) => Promise<unknown>,
): KeysOf {
  const known = new Map<string, { readonly until: number; readonly keys: JWTVerifyGetKey }>();
  return async (issuer) => {
    const kept = known.get(issuer);
    if (kept && clock.now() < kept.until) return kept.keys;
    const keys = await ask(issuer, fetchJson);
    known.set(issuer, { until: clock.now() + KEEP_MS, keys });
    return keys;
  };
}

async function ask(issuer: string, fetchJson: (url: string) => Promise<unknown>): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const discovery = DISCOVERY.parse(await fetchJson(address));
  if (discovery.issuer !== issuer) throw new Error('The discovery document is of another issuer');
  return createLocalJWKSet(KEY_SET.parse(await fetchJson(discovery.jwks_uri)));
}

/** @param toLocal the stand-in of an address of the outside world */
export async function fetchJsonFrom(url: string, toLocal: (url: URL) => string): Promise<unknown> {
  const answer = await fetch(toLocal(new URL(url)), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`The issuer answered ${answer.status}`);
  return answer.json();
}
