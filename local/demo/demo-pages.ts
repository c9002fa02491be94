import { escapeHtml, renderError, renderField, renderPage } from '../auth0/tenant/html';
import type { DemoSession, DemoUser } from './demo-session';

const EXAMPLES = [
  ['Log in', ''],
  ['Sign up', 'screen_hint=signup'],
  ['Log in with Google', 'connection=google-oauth2'],
  ['Log in with GitHub', 'connection=github'],
  ['Log in in German', 'ui_locales=de'],
] as const;

/** @param said what was done last, in words */
export function renderHome({ user }: DemoSession, said: string | undefined): string {
  const words = said === undefined ? '' : `<p role="status">${escapeHtml(said)}</p>`;
  const body = user === undefined ? renderLinks() : renderUser(user);
  return renderPage({ title: 'Punctual demo', isWide: true, body: words + body });
}

function renderLinks(): string {
  const links = EXAMPLES.map(([text, query]) => `<li><a href="/login?${query}">${text}</a></li>`);
  return `<p>Nobody is logged in.</p><ul>${links.join('')}</ul>`;
}

function renderUser({ userId, claims, accessClaims }: DemoUser): string {
  const show = (values: object) => `<pre>${escapeHtml(JSON.stringify(values, null, 2))}</pre>`;
  return `<p>Logged in as <strong id="who">${escapeHtml(String(claims.email ?? userId))}</strong>.</p>
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
