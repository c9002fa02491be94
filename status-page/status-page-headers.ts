import { CLIENT_SCRIPT } from './client-script';
import { contentSecurityPolicy } from './layout/content-security-policy';
import { pageHeaders } from './layout/page-headers';
import { styleOf } from './render-status-page';
import type { StatusView } from './status-view';

/** The headers that the page has to be sent with. */
export const statusPageHeaders = (view: StatusView): Readonly<Record<string, string>> =>
  pageHeaders(view.language, statusPageCsp(view));

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
