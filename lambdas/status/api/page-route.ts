import { STATUS_TOKEN_PARAMETER } from '../../../events/login-tokens';
import { chooseLanguage } from '../../../status-page/layout/language';
import { renderStatusPage } from '../../../status-page/render-status-page';
import { statusPageHeaders } from '../../../status-page/status-page-headers';
import type { DeadEnd, StatusView } from '../../../status-page/status-view';
import { openSession, type Session, type SessionDeps } from '../session';
import type { StatusSettings } from '../status-settings';
import type { TakeSnapshot } from '../take-snapshot';
import type { HttpCall } from './http-request';
import { type Answer, COMMON_HEADERS } from './json-answer';

export interface PageRouteDeps extends SessionDeps {
  readonly takeSnapshot: TakeSnapshot;
  readonly settings: Pick<StatusSettings, 'brand' | 'onFailed'>;
  /** Address of the page, with its trailing slash. */
  readonly pageUrl: string;
  readonly socketUrl: string;
}

const STATUS_OF: Readonly<Record<StatusView['kind'], number>> = {
  waiting: 200,
  forged: 400,
  expired: 410,
  unavailable: 503,
};

/** Of a browser that runs no script. One call a second would be felt by all who wait. */
const REFRESH_SECONDS = 2;

/**
 * `GET /`: the page that a person waits on. It writes nothing, so that a mail scanner or a reload that asks for it
 * changes nothing.
 */
export function createPageRoute(deps: PageRouteDeps): (call: HttpCall) => Promise<Answer> {
  return async (call) => {
    const { [STATUS_TOKEN_PARAMETER]: session_token, state } = call.queryStringParameters ?? {};
    const opened = await openSession({ session_token, state }, deps);
    return opened.ok
      ? waitingPage(opened.session, call, deps)
      : deadEndPage(opened.why, call, deps, opened.app);
  };
}

/**
 * A page that says why there is nothing to wait for.
 *
 * @param app where the login was to end, which it leads back to
 */
export function deadEndPage(
  kind: DeadEnd,
  { headers }: HttpCall,
  { settings }: Pick<PageRouteDeps, 'settings'>,
  app?: string,
): Answer {
  const language = chooseLanguage(headers['accept-language']);
  return pageAnswer({ kind, app, brand: settings.brand, language });
}

async function waitingPage(session: Session, { headers }: HttpCall, deps: PageRouteDeps): Promise<Answer> {
  const { token, sessionToken, state } = session;
  return pageAnswer({
    kind: 'waiting',
    snapshot: await deps.takeSnapshot(session),
    continueUrl: `${token.origin}/continue?state=${encodeURIComponent(state)}`,
    ...{ sessionToken, state, app: token.app },
    ...{ socketUrl: deps.socketUrl, snapshotUrl: `${deps.pageUrl}snapshot` },
    ...{ onFailed: deps.settings.onFailed, brand: deps.settings.brand, refreshSeconds: REFRESH_SECONDS },
    language: chooseLanguage(token.languages, headers['accept-language']),
  });
}

// No Cross-Origin-Opener-Policy: an application that logs in by a popup would lose sight of it.
function pageAnswer(view: StatusView): Answer {
  const headers = { ...COMMON_HEADERS, ...statusPageHeaders(view) };
  return { statusCode: STATUS_OF[view.kind], headers, body: renderStatusPage(view) };
}
