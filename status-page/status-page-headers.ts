import { CLIENT_SCRIPT } from './client-script';
import { contentSecurityPolicy } from './layout/content-security-policy';
import { styleOf } from './render-status-page';
import type { StatusView } from './status-view';

/**
 * The headers that a page has to be sent with. Its address holds a token, so nobody is told of it and nothing keeps
 * it. There is no Refresh header: it would load the page again under a script that works. The document says the same
 * to browsers that run none.
 */
export const statusPageHeaders = (view: StatusView): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-language': view.language,
  'content-security-policy': statusPageCsp(view),
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
});

/** The policy of a page: nothing from elsewhere, and a form that leads to the tenant and from there to the application. */
export function statusPageCsp(view: StatusView): string {
  const style = styleOf(view);
  if (view.kind !== 'waiting') return contentSecurityPolicy({ style });
  return contentSecurityPolicy({
    style,
    script: CLIENT_SCRIPT,
    connect: [view.snapshotUrl, view.socketUrl],
    // Browsers hold the redirects after a form against this list as well.
    forms: [view.continueUrl, ...(view.app === undefined ? [] : [view.app])],
  });
}
