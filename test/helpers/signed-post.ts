import { sign } from '../../events/signature';
import { anEvent } from './events';
import type { LocalRun } from './local-run';

/** A user id that no other test of the file uses. */
export function createUserIds(prefix: string): () => string {
  let count = 0;
  return () => `auth0|${prefix}-${++count}`;
}

/** Epoch ms on the clock of the run, which may go faster than ours. */
export async function runTime(run: LocalRun): Promise<number> {
  const { clock } = await run.control<{ clock: { now: string } }>('GET', '/');
  return Date.parse(clock.now);
}

/** A registration of `userId` as it would be told at the run's present. */
export async function aRegistration(run: LocalRun, userId: string, user: object = {}) {
  const now = new Date(await runTime(run)).toISOString();
  const email = `${userId.replace(/[^a-z0-9]/gi, '-')}@example.com`;
  const event = anEvent({ user: { user_id: userId, created_at: now, updated_at: now, email, ...user } });
  return { ...event, id: `reg_${userId.replace(/[^a-z0-9]/gi, '-')}`, time: now };
}

export interface Signing {
  readonly secret?: string;
  /** Added to the moment of signing, in ms. */
  readonly skewMs?: number;
}

/** The webhook headers over `body`, as one of our Actions would send them. */
export async function signedHeaders(run: LocalRun, body: string, { secret, skewMs = 0 }: Signing = {}) {
  const timestampSeconds = Math.floor(((await runTime(run)) + skewMs) / 1000);
  const headers = await sign(secret ?? run.local.SigningSecret, { id: 'msg_1', timestampSeconds, body });
  return { ...headers };
}

/** POSTs a signed event. */
export async function postSigned(
  run: LocalRun,
  event: object | string,
  signing?: Signing,
): Promise<Response> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return run.post('/events', body, await signedHeaders(run, body, signing));
}

/** GETs the plain interface with the given query; no headers but the key unless given. */
export function getStore(run: LocalRun, query: Record<string, string>, headers: Record<string, string> = {}) {
  const url = new URL('store', run.outputs.EventApiUrl);
  // URLSearchParams writes a space as +, which API Gateway reads as a space too; percent-encoding says it plainly.
  url.search = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return fetch(url, { headers: { 'x-api-key': run.local.EventApiKey, ...headers } });
}
