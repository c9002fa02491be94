import type { Context, Middleware } from 'koa';
import { type PasswordTicket, TICKET_PATH } from '../password-tickets';
import { type Accounts, FormError, TicketError } from './accounts';
import { renderTenantError, renderTicket } from './pages';
import { readForm } from './read-form';
import type { TenantParts } from './tenant-parts';

type Shown = { readonly html: string; readonly status?: number } | { readonly to: string };

type TicketParts = Pick<TenantParts, 'people' | 'applications' | 'domain'>;

/** The page that a password ticket leads to: whoever holds it sets the password of a user, once. */
export function createTicketRoutes(parts: TicketParts, accounts: Accounts): Middleware {
  const { people } = parts;
  const show = (secret: string, error?: string): Shown => {
    const user = people.users.find(people.tickets.find(secret)?.userId ?? '');
    if (user === undefined) return over();
    return { html: renderTicket({ secret, email: String(user.email ?? ''), error }) };
  };
  const take = async (ctx: Context, secret: string): Promise<Shown> => {
    const { password = '' } = await readForm(ctx.req);
    try {
      const to = afterwards(parts, await accounts.setPassword(secret, password));
      return to === undefined ? { html: renderTicket({ isDone: true }) } : { to };
    } catch (error) {
      if (error instanceof TicketError) return over();
      if (error instanceof FormError) return { status: 400, ...show(secret, error.message) };
      throw error;
    }
  };
  return async (ctx, next) => {
    if (ctx.path !== TICKET_PATH) return next();
    const secret = String(ctx.query.ticket ?? '');
    ctx.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    // A scanner of mails opens what stands in them: only what is posted uses a ticket up.
    send(ctx, ctx.method === 'POST' ? await take(ctx, secret) : show(secret));
  };
}

function over(): Shown {
  return {
    html: renderTenantError('This link is over: it was used already, or it came too late.'),
    status: 400,
  };
}

function afterwards(
  { applications, domain }: TicketParts,
  { resultUrl, clientId }: PasswordTicket,
): string | undefined {
  const { initiateLoginUri } = applications.find(({ client_id: id }) => id === clientId) ?? {};
  if (initiateLoginUri !== undefined) return withParameter(initiateLoginUri, 'iss', `https://${domain}/`);
  return resultUrl && withParameter(resultUrl, 'success', 'true');
}

function withParameter(address: string, name: string, value: string): string {
  const to = new URL(address);
  to.searchParams.set(name, value);
  return to.href;
}

function send(ctx: Context, shown: Shown): void {
  if ('to' in shown) {
    ctx.status = 303;
    ctx.redirect(shown.to);
    return;
  }
  ctx.status = shown.status ?? 200;
  ctx.type = 'html';
  ctx.body = shown.html;
}
