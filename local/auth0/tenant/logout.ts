import type { Middleware } from 'koa';
import type Provider from 'oidc-provider';
import { renderTenantError } from './pages';
import type { TenantParts } from './tenant-parts';

/** `/v2/logout` ends the session of the tenant, and goes back only to where an application is at home. */
export function createLogout({ applications, visitors }: TenantParts, provider: Provider): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/v2/logout') return next();
    const session = await provider.Session.get(ctx);
    visitors.delete(session.uid);
    await session.destroy();
    const { returnTo } = ctx.query;
    if (returnTo === undefined) {
      ctx.body = 'OK';
      return;
    }
    const isKnown = applications.some(({ logoutUrls }) => logoutUrls.some((url) => url === returnTo));
    if (isKnown) return ctx.redirect(String(returnTo));
    ctx.status = 400;
    ctx.type = 'html';
    ctx.body = renderTenantError('The address to return to is not one of an application.');
  };
}
