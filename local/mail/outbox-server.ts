import type { RequestListener } from 'node:http';
import type { Mail, Outbox } from './outbox';
import {
  isSent,
  MAIL_SANDBOX,
  rawMail,
  renderList,
  renderMail,
  renderNoMail,
  withLinksBeside,
} from './outbox-pages';

interface Page {
  readonly status?: number;
  /** @default 'text/html' */
  readonly type?: string;
  readonly policy?: string;
  readonly body: string;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
/** A mail is nobody we know: it may show itself, and do nothing. */
const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox ${MAIL_SANDBOX}`;

/** The mails of a run as pages. */
export function createOutboxServer(outbox: Pick<Outbox, 'list' | 'find'>): RequestListener {
  return ({ url = '/', method }, response) => {
    const {
      status = 200,
      type = 'text/html',
      policy = POLICY,
      body,
    } = pageOf(outbox, `${method} ${url.split('?')[0]}`);
    response.writeHead(status, {
      ...{ 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy },
      ...{
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    });
    response.end(body);
  };
}

function pageOf(outbox: Pick<Outbox, 'list' | 'find'>, asked: string): Page {
  if (asked === 'GET /') return { body: renderList(outbox.list()) };
  const [, id = '', form] = /^GET \/mails\/([\w-]+)(?:\/(html|raw))?$/.exec(asked) ?? [];
  const mail = outbox.find(id);
  if (mail === undefined) return { status: 404, body: renderNoMail() };
  return form === undefined ? { body: renderMail(mail) } : partOf(mail, form);
}

function partOf(mail: Mail, form: string): Page {
  if (form === 'raw') return { type: 'text/plain', body: rawMail(mail) };
  const html = isSent(mail) ? mail.html : undefined;
  if (html === undefined) return { status: 404, body: renderNoMail() };
  return { policy: MAIL_POLICY, body: withLinksBeside(html) };
}
