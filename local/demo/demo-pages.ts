import { escapeHtml, renderError, renderField, renderPage } from '../auth0/tenant/html';
import type { DemoSession, DemoUser } from './demo-session';

const EXAMPLES = [
  ['Log in', ''],
  ['Sign up', 'screen_hint=signup'],
  ['Log in with Google', 'connection=google-oauth2'],
  ['Log in with GitHub', 'connection=github'],
  ['Log in in German', 'ui_locales=de'],
] as const;

export interface Shown {
  /** What was done last, in words. */
  readonly said: string | undefined;
  /** What the person sent before they had an account; undefined where there is no funnel. */
  readonly wishes: readonly string[] | undefined;
}

export function renderHome({ user }: DemoSession, { said, wishes }: Shown): string {
  const words = said === undefined ? '' : `<p role="status">${escapeHtml(said)}</p>`;
  const body = user === undefined ? renderLinks(wishes !== undefined) : renderUser(user, wishes ?? []);
  return renderPage({ title: 'Punctual demo', isWide: true, body: words + body });
}

function renderLinks(hasFunnel: boolean): string {
  const links = EXAMPLES.map(([text, query]) => `<li><a href="/login?${query}">${text}</a></li>`);
  const offer = hasFunnel ? '<p>Or begin as a visitor: <a href="/offer">an offer for you</a>.</p>' : '';
  return `<p>Nobody is logged in.</p><ul>${links.join('')}</ul>${offer}`;
}

function renderRoles({ claims }: DemoUser): string {
  // The namespace of our claims is the configuration's.
  const [, roles] = Object.entries(claims).find(([name]) => /[/:]roles$/.test(name)) ?? [];
  if (!Array.isArray(roles) || roles.length === 0) return '';
  const chips = roles.map((role) => `<span class="chip role">${escapeHtml(String(role))}</span>`);
  return `<p>Your roles: ${chips.join('')}</p>`;
}

function renderWishes(wishes: readonly string[]): string {
  if (wishes.length === 0) return '';
  const items = wishes.map((wish) => `<li class="wish">${escapeHtml(wish)}</li>`);
  return `<section class="card"><h2>What you sent us</h2><ul>${items.join('')}</ul></section>`;
}

function renderUser(user: DemoUser, wishes: readonly string[]): string {
  const { userId, claims, accessClaims } = user;
  const show = (values: object) => `<pre>${escapeHtml(JSON.stringify(values, null, 2))}</pre>`;
  return `<p>Logged in as <strong id="who">${escapeHtml(String(claims.email ?? userId))}</strong>.</p>
${renderRoles(user)}
${renderWishes(wishes)}
<form method="post" action="/tickets">
${renderField({ name: 'subject', label: 'Subject of a ticket', value: 'My first ticket', required: true })}
<button type="submit">Open a ticket</button>
</form>
<form method="post" action="/logout"><button type="submit">Log out</button></form>
<p><a href="/login?prompt=none">Look whether the session is still there</a></p>
<h2>Id token</h2>${show(claims)}
<h2>Access token</h2>${show(accessClaims)}`;
}

export function renderDemoError(words: string): string {
  return renderPage({
    ...{ title: 'Punctual demo', isWide: true },
    body: `${renderError(words)}<p><a href="/">Back</a></p>`,
  });
}
