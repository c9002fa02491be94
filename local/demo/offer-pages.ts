import { escapeHtml, renderError, renderField, renderPage } from '../auth0/tenant/html';

export interface OfferForm {
  readonly email?: string;
  readonly wish?: string;
  readonly error?: string;
}

/** What somebody sees who has no account: they say what they want, and get a mail. */
export function renderOffer({ email, wish, error }: OfferForm = {}): string {
  const body = `${renderError(error)}
<p>Tell us what you are looking for. We send you a mail: accept the invitation in it, sign in with an account that has this address, and find back in your space what you told us.</p>
<form method="post" action="/offer" class="card">
${renderField({ name: 'email', label: 'Your e-mail address', type: 'email', value: email, autocomplete: 'email', required: true })}
${renderField({ name: 'wish', label: 'What are you looking for?', value: wish, required: true })}
<label><input type="checkbox" name="ahead" value="yes"> Prepare my account, so that I only choose a password</label>
<button type="submit">Send</button>
</form>
<p><a href="/">To the application</a></p>`;
  return renderPage({ title: 'An offer for you', body });
}

/** @param outboxUrl where mails end in the local run */
export function renderOfferSent(email: string, outboxUrl: string): string {
  return renderPage({
    title: 'Look into your mails',
    body: `<p class="card">We are writing to <strong>${escapeHtml(email)}</strong>.
On this machine the mail ends in the <a href="${escapeHtml(outboxUrl)}">outbox</a>: open it there, and follow its button.</p>
<p><a href="/offer">Another one</a> · <a href="/">To the application</a></p>`,
  });
}
