import { contentSecurityPolicy } from '../status-page/layout/content-security-policy';
import { pageHeaders } from '../status-page/layout/page-headers';
import { INVITATION_SCRIPT } from './client-script';
import type { InvitationView } from './invitation-view';
import { styleOf } from './render-invitation-page';

/** The headers that a page has to be sent with. */
export const invitationPageHeaders = (view: InvitationView): Readonly<Record<string, string>> =>
  pageHeaders(view.language, invitationPageCsp(view));

/** The policy of a page: nothing from elsewhere, and forms that lead to ourselves alone. */
export function invitationPageCsp(view: InvitationView): string {
  const style = styleOf(view);
  if (view.kind === 'redeemed') {
    return contentSecurityPolicy({ style, script: INVITATION_SCRIPT, connect: [view.progressUrl] });
  }
  return contentSecurityPolicy({ style, ...('form' in view && { forms: [view.form.action] }) });
}
