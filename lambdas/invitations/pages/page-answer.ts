import { invitationPageHeaders } from '../../../invitation-page/invitation-page-headers';
import type { DeadEnd, Destination, InvitationView } from '../../../invitation-page/invitation-view';
import { renderInvitationPage } from '../../../invitation-page/render-invitation-page';
import { chooseLanguage, type Language } from '../../../status-page/layout/language';
import { type Answer, COMMON_HEADERS } from '../../status/api/json-answer';
import type { PageCall } from './page-call';
import type { PageSettings } from './page-settings';

const STATUS_OF: Readonly<Partial<Record<InvitationView['kind'], number>>> = {
  ...{ expired: 410, revoked: 410, used: 410, off: 410, over: 400, unknown: 404, unavailable: 503 },
};

/** A page. What a session became goes along. */
export function pageAnswer(view: InvitationView, cookies: string[] = []): Answer {
  return {
    statusCode: STATUS_OF[view.kind] ?? 200,
    headers: { ...COMMON_HEADERS, ...invitationPageHeaders(view) },
    body: renderInvitationPage(view),
    cookies,
  };
}

/** To another address, by which a code or a token is in the history of no browser. */
export const goTo = (location: string, cookies: string[] = []): Answer => ({
  statusCode: 303,
  headers: { ...COMMON_HEADERS, location },
  cookies,
});

/** The address of a page of one link. */
export const placeOf = (
  { pageUrl }: Pick<PageSettings, 'pageUrl'>,
  page: 'accept' | 'progress',
  flow: string,
): string => `${pageUrl}${page}?${new URLSearchParams({ flow })}`;

/** The application of an invitation, as it begins a login of its own; undefined where it is configured no longer. */
export function destinationOf(
  { applications, issuer }: Pick<PageSettings, 'applications' | 'issuer'>,
  name: string | undefined = Object.keys(applications)[0],
): Destination | undefined {
  const application = Object.hasOwn(applications, name ?? '') ? applications[name ?? ''] : undefined;
  if (application === undefined) return undefined;
  const url = new URL(application.loginUri);
  url.searchParams.set('iss', issuer);
  return { label: application.label, url: url.href };
}

export const languageOf = ({ headers }: Pick<PageCall, 'headers'>): Language =>
  chooseLanguage(headers['accept-language']);

/** A page that says why there is nothing to accept, and leads to the application, or to the first one there is. */
export function deadEnd(
  kind: DeadEnd,
  language: Language,
  settings: PageSettings,
  { retryUrl, application }: { readonly retryUrl?: string; readonly application?: string | undefined } = {},
): Answer {
  const destination = destinationOf(settings, application) ?? destinationOf(settings);
  return pageAnswer({ kind, language, brand: settings.brand, destination, retryUrl });
}
