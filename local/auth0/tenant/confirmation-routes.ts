import type { Middleware } from 'koa';
import { CONFIRMATION_PATH } from '../email-confirmations';
import { renderConfirmed, renderTenantError } from './pages';
import type { TenantParts } from './tenant-parts';

/** The page to which the mail of a sign-up leads: whoever follows its link has the address. */
export function createConfirmationRoutes({
  people,
  confirmations,
}: Pick<TenantParts, 'people' | 'confirmations'>): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== CONFIRMATION_PATH) return next();
    ctx.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const userId = confirmations?.find(String(ctx.query.ticket ?? ''), people.users);
    ctx.status = userId === undefined ? 400 : 200;
    ctx.type = 'html';
    ctx.body = userId === undefined ? renderTenantError('This link is none of ours.') : renderConfirmed();
    if (userId !== undefined && people.users.find(userId)?.email_verified !== true)
      people.change(userId, { email_verified: true });
  };
}
