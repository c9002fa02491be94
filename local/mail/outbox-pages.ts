import { escapeHtml, renderError, renderPage } from '../auth0/tenant/html';
import type { Mail, SentMail } from './outbox';

/** What a mail may do in the page: show itself, and open its links beside the page. */
export const MAIL_SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';

// The address in a mail is longer than a phone is wide.
const WRAPPED = 'white-space:pre-wrap;overflow-wrap:anywhere';
const FRAME = 'width:100%;height:44rem;border:1px solid';

export const isSent = (mail: Mail): mail is SentMail => 'to' in mail;

/** To whom: a topic's mail goes to the address that is subscribed, which is nobody's business here. */
const receiverOf = (mail: Mail): string => (isSent(mail) ? mail.to.join(', ') : `alarm, by ${mail.topic}`);

export function renderList(mails: readonly Mail[]): string {
  const rows = mails.map(
    (mail) =>
      `<li><a href="/mails/${mail.id}">${escapeHtml(mail.subject)}</a><br>${escapeHtml(receiverOf(mail))}, <span style="white-space:nowrap">${mail.time}</span></li>`,
  );
  const body = rows.length === 0 ? '<p>No mail yet.</p>' : `<ul>${rows.join('')}</ul>`;
  return renderPage({ title: 'Outbox', isWide: true, body });
}

export function renderMail(mail: Mail): string {
  const { id, subject, text } = mail;
  const html =
    isSent(mail) && mail.html !== undefined
      ? `<h2>HTML</h2><iframe title="The mail" src="/mails/${id}/html" sandbox="${MAIL_SANDBOX}" style="${FRAME}"></iframe>`
      : '';
  const lines = headersOf(mail).map(([name, value]) => `${name}: ${value}`);
  const body = `<p><a href="/">All mails</a>, <a href="/mails/${id}/raw">raw</a></p>
<pre style="${WRAPPED}">${escapeHtml(lines.join('\n'))}</pre>${html}<h2>Text</h2><pre style="${WRAPPED}">${escapeHtml(text)}</pre>`;
  return renderPage({ title: subject, isWide: true, body });
}

/** All of it as text. */
export function rawMail(mail: Mail): string {
  const lines = headersOf(mail).map(([name, value]) => `${name}: ${value}`);
  const html = isSent(mail) && mail.html !== undefined ? ['', mail.html] : [];
  return [...lines, '', mail.text, ...html].join('\n');
}

export const renderNoMail = (): string =>
  renderPage({
    title: 'Outbox',
    body: `${renderError('There is no such mail.')}<p><a href="/">All mails</a></p>`,
  });

/** Links open beside the page, as they do from a mail program. */
export const withLinksBeside = (html: string): string =>
  html.replace('<head>', '<head><base target="_blank">');

function headersOf(mail: Mail): [string, string][] {
  const head: [string, string][] = [
    ['Subject', mail.subject],
    ['Date', mail.time],
  ];
  if (!isSent(mail)) return [...head, ['Topic', mail.topic]];
  const { from, to, replyTo, configurationSet, tags } = mail;
  return [
    ...head,
    ['From', from],
    ['To', to.join(', ')],
    ...optional('Reply-To', replyTo.join(', ')),
    ...optional('Configuration set', configurationSet ?? ''),
    ...optional(
      'Tags',
      Object.entries(tags)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ),
  ];
}

const optional = (name: string, value: string): [string, string][] => (value === '' ? [] : [[name, value]]);
