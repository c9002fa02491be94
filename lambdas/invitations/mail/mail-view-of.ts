import type { Invitation } from '../../../events/invitations/invitation';
import type { MailView } from '../../../invitation-mail/mail-view';
import type { MailSettings } from './mail-settings';

/** What the mail of an invitation leads to. */
export type Leading =
  | { readonly kind: 'invitation'; readonly token: string; readonly pageUrl: string }
  /** To the ticket at which a password is chosen. */
  | { readonly kind: 'prepared'; readonly link: string }
  /** To the application; there is nothing to do. */
  | { readonly kind: 'finalized' };

export function mailViewOf(row: Invitation, to: Leading, { brand, applications }: MailSettings): MailView {
  const { language, application, expiresAt, bind } = row;
  // One that was taken out of the configuration since is still called something.
  const { label, loginUri } = { label: application, ...ownOf(applications, application) };
  const shared = { language, brand, application: label };
  const until = { expiresAt: Date.parse(expiresAt) };
  if (to.kind === 'finalized')
    return { ...shared, kind: to.kind, link: loginUri ?? firstLoginUri(applications) };
  if (to.kind === 'prepared') return { ...shared, ...until, ...to };
  const link = new URL(to.pageUrl);
  link.searchParams.set('invitation', to.token);
  return { ...shared, ...until, kind: to.kind, link: link.href, isBound: bind === 'verified-email' };
}

type Applications = MailSettings['applications'];

const ownOf = (applications: Applications, name: string): Partial<Applications[string]> =>
  (Object.hasOwn(applications, name) && applications[name]) || {};

const firstLoginUri = (applications: Applications): string => Object.values(applications)[0]?.loginUri ?? '';
