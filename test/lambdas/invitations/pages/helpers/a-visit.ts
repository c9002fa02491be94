import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { UserEvent } from '../../../../../events/event-schema';
import type { Invitation } from '../../../../../events/invitations/invitation';
import { isInvitationId } from '../../../../../events/invitations/invitation';
import { sign } from '../../../../../events/signature';
import { checkToken } from '../../../../../lambdas/invitations/check-token';
import { createArrive } from '../../../../../lambdas/invitations/pages/arrival';
import { createFlowCookies } from '../../../../../lambdas/invitations/pages/flow-cookies';
import { createPagesHandler } from '../../../../../lambdas/invitations/pages/handle-pages';
import type { PageCall } from '../../../../../lambdas/invitations/pages/page-call';
import type { PageSettings } from '../../../../../lambdas/invitations/pages/page-settings';
import { createTenantKeys } from '../../../../../lambdas/invitations/pages/tenant-keys';
import { redeem } from '../../../../../lambdas/invitations/redeem';
import type { InvitationRing } from '../../../../../lambdas/invitations/token/invitation-ring';
import { newToken } from '../../../../../lambdas/invitations/token/token';
import type { HttpRequest } from '../../../../../lambdas/runtime/http';
import { createActionSignature } from '../../../../../lambdas/status/api/action-signature';
import type { Answer } from '../../../../../lambdas/status/api/json-answer';
import type { UserLink } from '../../../../../lambdas/user-links/user-link';
import { anAnswer } from '../../../../helpers/an-answer';
import { anInvitation, createInvitationsInMemory, ID, NOW, RING } from '../../helpers/invitations';

export const SETTINGS: PageSettings = {
  ...{ pageUrl: 'https://invitations.example.com/', issuer: 'https://login.acme.com/' },
  ...{ loginOrigin: 'https://login.acme.com', clientId: 'accept', audience: 'https://api.acme.com' },
  ...{ claimNamespace: 'https://punctual.dev/', grantingSystem: 'auth0', deadlineMs: 8_000, brand: {} },
  applications: {
    shop: { label: 'Acme Shop', loginUri: 'https://shop.acme.com/login?from=mail' },
    admin: { label: 'Admin', loginUri: 'https://admin.acme.com/login' },
  },
};

/** Somebody as the tenant knows them. */
export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly email_verified?: boolean;
  readonly strategy?: string;
}

export const ADA: Person = { sub: 'auth0|ada', email: 'ada@example.com', email_verified: true };
export const EVE: Person = { sub: 'google-oauth2|eve', email: 'eve@example.net', email_verified: true };

const SIGNING_KEY = `whsec_${Buffer.alloc(33, 7).toString('base64')}`;
const keyPair = generateKeyPair('RS256');

/** What the test may make go wrong, and what it sees. */
export interface World {
  now: number;
  /** Who is signed in at the tenant. */
  session: Person | undefined;
  /** Without our Action in the login a token says nothing of the person. */
  isSilentAction: boolean;
  isTenantDown: boolean;
  isTopicDown: boolean;
  /** Claims of the next tokens that are not what they should be. */
  forged: Record<string, unknown>;
  links: UserLink[];
  /** What happens elsewhere while somebody waits. */
  meanwhile: () => void;
  /** The keys as the function knows them. */
  ring: () => InvitationRing;
  readonly events: UserEvent[];
  readonly lines: string[];
  readonly asked: HttpRequest[];
}

/** The pages before a table in memory, and a tenant that gives tokens for the codes of its own. */
export function thePages(...given: readonly Partial<Invitation>[]) {
  const tokens = new Map<string, string>();
  const rows = (given.length === 0 ? [{}] : given).map((one) => {
    const id = one.id ?? ID;
    const { token, kept } = newToken(id, RING);
    tokens.set(id, token);
    return anInvitation({ secrets: [kept], ...one });
  });
  const table = createInvitationsInMemory(...rows);
  const world: World = {
    ...{ now: NOW, session: undefined, isSilentAction: false, isTenantDown: false, isTopicDown: false },
    ...{ forged: {}, links: [], meanwhile: () => undefined, ring: () => RING },
    ...{ events: [], lines: [], asked: [] },
  };
  const now = () => world.now;
  const ring = async () => world.ring();
  const { invitations } = table;
  const codes = new Map<string, { nonce: string; challenge: string; person: Person }>();
  const http = tenantOf(world, codes);
  const userRefOf = async (userId: string) => `ref-of-${userId}`;
  const linksOf = async (userRef: string) => world.links.filter((link) => link.userRef === userRef);
  const handle = createPagesHandler({
    ...{ settings: SETTINGS, invitations, ring, linksOf, now, userRefOf },
    pause: async (ms) => {
      world.now += ms;
      world.meanwhile();
    },
    cookies: createFlowCookies({ ring, isSecure: true, now }),
    checkToken: (token) => checkToken({ invitations, ring, now }, token),
    arrive: createArrive({
      ...{ http, settings: SETTINGS, clientSecret: async () => 'client-secret', now },
      keys: createTenantKeys({ http, issuer: SETTINGS.issuer, now }),
    }),
    redeem: (redemption) =>
      redeem(
        {
          ...{ invitations, userRefOf, linksOf, now, attributes: [] },
          emailRefOf: async (email) => `ref-of-${email.toLowerCase()}`,
          trusted: { strategies: ['auth0'], connections: [] },
          publish: async (event) => {
            if (world.isTopicDown) throw new Error('the topic is unavailable');
            world.events.push(event);
          },
        },
        redemption,
      ),
    isSignedByAction: createActionSignature({
      keyRing: async () => ({ actions: [{ secret: SIGNING_KEY }] }),
      now,
    }),
    log: (level, message, fields) => world.lines.push(JSON.stringify({ level, message, ...fields })),
    metrics: () => undefined,
  });
  const post = async (body: object, secret = SIGNING_KEY): Promise<Answer> => {
    const text = JSON.stringify(body);
    const at = Math.floor(world.now / 1_000);
    const headers = await sign(secret, { id: 'msg_1', timestampSeconds: at, body: text });
    return handle(aCall('POST /redemption', { headers: { ...headers }, body: text }));
  };
  return { ...table, world, handle, codes, post, tokenOf: (id = ID) => tokens.get(id) ?? '' };
}

export type Pages = ReturnType<typeof thePages>;

const aCall = (routeKey: string, given: Partial<PageCall> = {}): PageCall => ({
  ...{ routeKey, headers: {}, isBase64Encoded: false },
  requestContext: { requestId: 'request-1' } as PageCall['requestContext'],
  ...given,
});

function tenantOf(world: World, codes: Map<string, { nonce: string; challenge: string; person: Person }>) {
  return async (request: HttpRequest) => {
    if (world.isTenantDown) throw new Error('nobody answers');
    const { publicKey } = await keyPair;
    if (request.url === 'https://login.acme.com/.well-known/jwks.json') {
      return anAnswer(200, { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }] });
    }
    world.asked.push(request);
    const form = new URLSearchParams(request.body);
    const known = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const { createHash } = await import('node:crypto');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (known?.challenge !== challenge) return anAnswer(403, { error: 'invalid_grant' });
    return anAnswer(200, await tokensFor(world, known.person, known.nonce));
  };
}

async function tokensFor(world: World, { sub, email, email_verified, strategy }: Person, nonce: string) {
  const at = Math.floor(world.now / 1_000);
  const token = async (audience: string, claims: object) =>
    new SignJWT({ iat: at, exp: at + 3_600, iss: SETTINGS.issuer, sub, aud: audience, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign((await keyPair).privateKey);
  const user = { email, email_verified, created_at: '2026-01-01T00:00:00.000Z' };
  const name = strategy ?? sub.split('|')[0];
  const said = {
    'https://punctual.dev/user': user,
    'https://punctual.dev/connection': { name, strategy: name },
  };
  return {
    id_token: await token('accept', { nonce, email, ...world.forged }),
    access_token: await token(SETTINGS.audience, world.isSilentAction ? {} : said),
  };
}

const REDIRECTED_TO = new Set(['https://invitations.example.com', 'https://login.acme.com']);

/** A browser with its cookies, which follows where it is led and stops at pages and applications. */
export class TestVisitor {
  private jar = new Map<string, string>();
  /** Every address so far, the one of the bar last. */
  readonly places: string[] = [];
  page = '';
  status = 0;
  /** They do not sign in for now. */
  isStopped = false;

  constructor(private readonly pages: Pages) {}

  open = (token: string) => this.go(`${SETTINGS.pageUrl}?${new URLSearchParams({ invitation: token })}`);

  /** A second browser that stole nothing but the address bar. */
  get cookies(): string[] {
    return [...this.jar].map(([name, value]) => `${name}=${value}`);
  }

  async go(url: string): Promise<void> {
    this.places.push(url);
    const { origin, pathname, searchParams } = new URL(url);
    if (origin === 'https://login.acme.com') {
      if (!this.isStopped) await this.go(this.logIn(searchParams));
      return;
    }
    if (origin !== 'https://invitations.example.com') return;
    const query = Object.fromEntries(searchParams);
    await this.take(aCall(`GET ${pathname}`, { queryStringParameters: query, cookies: this.cookies }));
    await this.goOn();
  }

  /** A page that goes on by itself. */
  private async goOn(): Promise<void> {
    const next = /content="0;url=([^"]+)"/.exec(this.page)?.[1]?.replaceAll('&amp;', '&');
    this.page = next === undefined ? this.page : '';
    if (next !== undefined) await this.go(next);
  }

  /** Presses a button, and signs in as `as` where somebody is asked for that. */
  async press(choice: 'accept' | 'other', as?: Person): Promise<void> {
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(this.page)?.[1] ?? '';
    const form = new URLSearchParams({ flow: field('flow'), proof: field('proof'), choice });
    await this.send(form, as);
  }

  async send(form: URLSearchParams, as?: Person): Promise<void> {
    const led = this.places.length;
    await this.take(aCall('POST /confirm', { body: form.toString(), cookies: this.cookies }));
    // Browsers hold each redirect after a form against the policy of its page, which names the pages alone.
    if (this.places.length > led) throw new Error('the form was answered with a redirect');
    if (as !== undefined) this.pages.world.session = as;
    await this.goOn();
  }

  get heading(): string {
    return /<h1[^>]*>([^<]*)/.exec(this.page)?.[1] ?? '';
  }

  get bar(): string {
    return this.places.at(-1) ?? '';
  }

  /** What the tenant was asked for when it was asked last. */
  get authorized(): URLSearchParams {
    const url = this.places.findLast((place) => place.startsWith('https://login.acme.com/')) ?? '';
    return new URL(url).searchParams;
  }

  /** What the tenant would send the browser back to. */
  logIn(query: URLSearchParams): string {
    const { session } = this.pages.world;
    const state = query.get('state') ?? '';
    const back = (said: Record<string, string>) =>
      `${query.get('redirect_uri')}?${new URLSearchParams({ ...said, state })}`;
    if (session === undefined) return back({ error: 'login_required' });
    const code = createHmac('sha256', 'codes').update(state).digest('base64url');
    const asked = { nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '' };
    this.pages.codes.set(code, { ...asked, person: session });
    return back({ code });
  }

  // Whoever comes from the status page came by its form, whose policy names the tenant and these pages alone.
  private follow(location: string): Promise<void> {
    const { origin } = new URL(location);
    if (!REDIRECTED_TO.has(origin)) throw new Error(`a browser would refuse the redirect to ${origin}`);
    return this.go(location);
  }

  private async take(call: PageCall): Promise<void> {
    const { statusCode = 200, headers = {}, body = '', cookies = [] } = await this.pages.handle(call);
    for (const cookie of cookies) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(cookie) ?? [];
      if (rest.includes('Max-Age=0')) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    this.status = statusCode;
    if (statusCode === 303) return this.follow(String(headers.location));
    this.page = body;
  }
}

export const otherId = (letter: string): string => {
  const id = letter.repeat(22);
  if (!isInvitationId(id)) throw new Error('no id');
  return id;
};

/** The link that says what the tenant holds of an invitation. */
export const aGrant = (given: Partial<UserLink>): UserLink =>
  ({
    ...{ userRef: 'ref-of-auth0|ada', system: 'auth0', state: 'linked' },
    ...{ updatedAt: new Date(NOW).toISOString(), ...given },
  }) as UserLink;
