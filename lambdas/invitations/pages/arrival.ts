import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { EventConnection } from '../../../events/event-schema';
import { parseJson } from '../../../events/parse-json';
import { isUserId } from '../../../events/user-id';
import { profileIn } from '../../provisioning-api/profile';
import type { HttpClient } from '../../runtime/http';
import { callbackOf, nonceOf, verifierOf } from './authorize-request';
import type { PendingLogin } from './flow-session';
import type { PageSettings } from './page-settings';
import { type Redeemer, redeemerOf } from './redeemer';

/** Somebody who came back from the login. */
export interface Arrival {
  readonly userId: string;
  /** What the page calls them. */
  readonly shown: string;
  /** Absent where the access token does not say it, as without our Action in the login. */
  readonly user?: Redeemer;
  readonly connection?: EventConnection;
}

export interface ArrivalDeps {
  readonly http: HttpClient;
  readonly keys: JWTVerifyGetKey;
  readonly settings: PageSettings;
  readonly clientSecret: () => Promise<string>;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Who came back with a code; undefined where the tenant does not take it, as when it was used before. Rejects when the
 * tenant cannot be asked, or answers what nobody can believe.
 */
export type Arrive = (code: string, login: PendingLogin) => Promise<Arrival | undefined>;

const TIMEOUT_MS = 5_000;
const LEEWAY_SECONDS = 60;
const LONGEST_SHOWN = 120;

const tokensSchema = z.object({ id_token: z.string(), access_token: z.string() });

export function createArrive(deps: ArrivalDeps): Arrive {
  return async (code, login) => {
    const tokens = await exchange(deps, code, login);
    if (tokens === undefined) return undefined;
    const { clientId, audience, claimNamespace } = deps.settings;
    const id = await verified(deps, tokens.id_token, clientId);
    const { sub = '', nonce } = id;
    if (nonce !== nonceOf(login) || !isUserId(sub)) throw new Error('The token is of another login.');
    // Without an API of ours in the tenant there is one that nobody but the tenant can read.
    const access = await verified(deps, tokens.access_token, audience).catch(noToken);
    const { generation, user, connection } = profileIn(access?.sub === sub ? access : {}, claimNamespace);
    return {
      ...{ userId: sub, shown: shownIn(id) },
      ...(generation !== undefined && user !== undefined && { user: redeemerOf(user, sub, generation) }),
      ...(connection && { connection }),
    };
  };
}

async function exchange({ http, settings, clientSecret }: ArrivalDeps, code: string, login: PendingLogin) {
  const form = new URLSearchParams({
    ...{ grant_type: 'authorization_code', client_id: settings.clientId, redirect_uri: callbackOf(settings) },
    ...{ client_secret: await clientSecret(), code, code_verifier: verifierOf(login) },
  });
  const { status, body } = await http({
    ...{ method: 'POST', url: `${settings.issuer}oauth/token`, timeoutMs: TIMEOUT_MS },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const said = parseJson(body) as { readonly error?: string } | undefined;
  // A code that was used, is too old or is of another login; any other refusal is about who we are.
  if (said?.error === 'invalid_grant') return undefined;
  if (status !== 200) throw new TokensRefusedError();
  return tokensSchema.parse(said);
}

/** The tenant does not take us for the application of the pages. */
export class TokensRefusedError extends Error {
  override readonly name = 'TokensRefusedError';
}

async function verified(
  { keys, settings, now }: ArrivalDeps,
  token: string,
  audience: string,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys, {
    // The header of a token says what its maker likes.
    ...{ algorithms: ['RS256'], issuer: settings.issuer, audience },
    ...{
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: LEEWAY_SECONDS,
      currentDate: new Date(now()),
    },
  });
  return payload;
}

function noToken(error: unknown): undefined {
  if (error instanceof errors.JOSEError) return undefined;
  throw error;
}

function shownIn({ email, name, nickname }: JWTPayload): string {
  const texts = [email, name, nickname].filter((text) => typeof text === 'string' && text.trim() !== '');
  return String(texts[0] ?? '…').slice(0, LONGEST_SHOWN);
}
