import { TICKET_PATH } from '../password-tickets';
import { SHORTEST_PASSWORD } from '../passwords';
import { escapeHtml, renderError, renderField, renderPage } from './html';
import type { TenantConnection } from './tenant-parts';

const FOOTER = '<footer>A stand-in of an Auth0 tenant, on this machine only.</footer>';

export interface FormState {
  /** Of the login. */
  readonly state: string;
  readonly error?: string | undefined;
  /** What was typed before. */
  readonly values?: Readonly<Record<string, string>>;
  /** Addresses that one may pick. */
  readonly known?: readonly string[];
}

const LABELS: Readonly<Record<string, string>> = { 'google-oauth2': 'Google', github: 'GitHub' };

const NEW_PASSWORD = renderField({
  ...{ name: 'password', label: `Password (${SHORTEST_PASSWORD} characters or more)`, type: 'password' },
  ...{ autocomplete: 'new-password', required: true },
});

/** What a person calls a connection. */
function labelOf({ name }: TenantConnection): string {
  return LABELS[name] ?? name;
}

export function renderLogin(form: FormState, connections: readonly TenantConnection[]): string {
  const query = new URLSearchParams({ state: form.state });
  const body = `${renderError(form.error)}
<form method="post" action="/u/login?${escapeHtml(String(query))}">
${emailField(form)}
${renderField({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true })}
<button type="submit">Continue</button>
</form>
<p>No account yet? <a href="/u/signup?${escapeHtml(String(query))}">Sign up</a></p>
${renderConnections(form.state, connections)}`;
  return renderPage({ title: 'Log in', body: body + FOOTER });
}

export function renderSignUp(form: FormState, connections: readonly TenantConnection[]): string {
  const query = new URLSearchParams({ state: form.state });
  const body = `${renderError(form.error)}
<form method="post" action="/u/signup?${escapeHtml(String(query))}">
${emailField(form)}
${renderField({ name: 'username', label: 'User name (optional)', value: form.values?.username, autocomplete: 'username' })}
${NEW_PASSWORD}
<button type="submit">Sign up</button>
</form>
<p>You have an account? <a href="/u/login?${escapeHtml(String(query))}">Log in</a></p>
${renderConnections(form.state, connections)}`;
  return renderPage({ title: 'Sign up', body: body + FOOTER });
}

function emailField({ values, known }: FormState): string {
  return renderField({
    ...{ name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'email', required: true },
    value: values?.email,
    choices: known ?? [],
  });
}

function renderConnections(state: string, connections: readonly TenantConnection[]): string {
  const others = connections.filter(({ strategy }) => strategy !== 'auth0');
  const button = (connection: TenantConnection) => `<form method="get" action="/u/connection">
<input type="hidden" name="state" value="${escapeHtml(state)}">
<input type="hidden" name="connection" value="${escapeHtml(connection.name)}">
<button type="submit">Continue with ${escapeHtml(labelOf(connection))}</button>
</form>`;
  return others.map(button).join('\n');
}

/** The page of a provider's stand-in, where one says who one is. */
export function renderProvider(form: FormState, connection: TenantConnection): string {
  const query = new URLSearchParams({ state: form.state, connection: connection.name });
  const { values = {} } = form;
  const field = (name: string, label: string) => renderField({ name, label, value: values[name] });
  const body = `${renderError(form.error)}
<p>This stands in for ${escapeHtml(labelOf(connection))}. Say who you are; whoever says the same address again is the same person.</p>
<form method="post" action="/u/connection?${escapeHtml(String(query))}">
${emailField(form)}
${field('given_name', 'Given name (optional)')}
${field('family_name', 'Family name (optional)')}
<label><input type="checkbox" name="email_unverified" value="yes"> The address is not verified</label>
<button type="submit">Continue</button>
</form>`;
  return renderPage({ title: `Log in with ${labelOf(connection)}`, body: body + FOOTER });
}

export function renderFactor(form: FormState & { readonly kind: string }): string {
  const query = new URLSearchParams({ state: form.state, kind: form.kind });
  const words =
    form.kind === 'enroll'
      ? 'Set up a second factor: type the code that it shows.'
      : 'Type the code that your second factor shows.';
  const body = `${renderError(form.error)}
<p>${words} Here the control API shows it: <code>GET /codes</code>.</p>
<form method="post" action="/u/mfa?${escapeHtml(String(query))}">
${renderField({ name: 'code', label: 'One-time code', autocomplete: 'one-time-code', required: true })}
<button type="submit">Continue</button>
</form>`;
  return renderPage({ title: 'Verify that it is you', body: body + FOOTER });
}

type Ticket =
  | { readonly secret: string; readonly email: string; readonly error?: string | undefined }
  | { readonly isDone: true };

/** Where one sets the password that a ticket is for. */
export function renderTicket(ticket: Ticket): string {
  const title = 'Set your password';
  if ('isDone' in ticket) return renderPage({ title, body: `<p>Your password is set.</p>${FOOTER}` });
  const query = new URLSearchParams({ ticket: ticket.secret });
  const body = `${renderError(ticket.error)}
<p>For <strong>${escapeHtml(ticket.email)}</strong>.</p>
<form method="post" action="${TICKET_PATH}?${escapeHtml(String(query))}">
${NEW_PASSWORD}
<button type="submit">Set the password</button>
</form>`;
  return renderPage({ title, body: body + FOOTER });
}

/** What somebody sees who followed the link of the mail of their sign-up. */
export const renderConfirmed = (): string =>
  renderPage({
    title: 'Your address is confirmed',
    body: `<p>Go on where you were: a login that asked for it goes on when you try again.</p>${FOOTER}`,
  });

/** @param home where a login begins anew */
export function renderTenantError(words: string, home?: string): string {
  const link = home === undefined ? '' : `<p><a href="${escapeHtml(home)}">Begin again</a></p>`;
  return renderPage({ title: 'This did not work', body: renderError(words) + link + FOOTER });
}
