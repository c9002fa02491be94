import { createHash, randomBytes } from 'node:crypto';
import type { Language } from '../../../status-page/layout/language';
import { isSame } from '../token/mac';
import type { PendingLogin } from './flow-session';
import type { PageSettings } from './page-settings';

export const newSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

export const newLogin = (purpose: PendingLogin['purpose'], as?: string): PendingLogin => ({
  ...{ secret: newSecret(32), purpose },
  ...(as !== undefined && { as }),
});

/** Three values that say nothing of each other, of the one that the session keeps. */
const partOf = ({ secret }: PendingLogin, part: 'state' | 'nonce' | 'verifier') =>
  createHash('sha256').update(`${part} ${secret}`).digest('base64url');

export const nonceOf = (login: PendingLogin): string => partOf(login, 'nonce');
export const verifierOf = (login: PendingLogin): string => partOf(login, 'verifier');

const stateOf = (flow: string, login: PendingLogin) => `${flow}.${partOf(login, 'state')}`;

/** The link whose login an answer of the tenant says to be of. */
export const flowOfState = (state: string): string => /^([\w-]{22})\./.exec(state)?.[1] ?? '';

export const isStateOf = (state: string, flow: string, login: PendingLogin): boolean =>
  isSame(state, stateOf(flow, login));

export interface AuthorizeWish {
  readonly flow: string;
  readonly login: PendingLogin;
  readonly language: Language;
  /** Parameters of this very login. */
  readonly more: Readonly<Record<string, string | undefined>>;
}

/** Where a browser is sent to sign in. */
export function authorizeUrl(settings: PageSettings, { flow, login, language, more }: AuthorizeWish): string {
  const challenge = createHash('sha256').update(verifierOf(login)).digest('base64url');
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: settings.clientId, redirect_uri: callbackOf(settings) },
    ...{ scope: 'openid profile email', audience: settings.audience },
    ...{ state: stateOf(flow, login), nonce: nonceOf(login) },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ui_locales: language },
  });
  for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value);
  return `${settings.loginOrigin}/authorize?${query}`;
}

/** Where the tenant sends them back to: to be allowed in the application of the pages. */
export const callbackOf = ({ pageUrl }: Pick<PageSettings, 'pageUrl'>): string => `${pageUrl}callback`;
