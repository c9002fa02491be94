import type { DeadEnd } from '../../../invitation-page/invitation-view';
import type { Answer } from '../../status/api/json-answer';
import type { TokenCheck } from '../check-token';
import { newSecret } from './authorize-request';
import { deadEnd, destinationOf, goTo, languageOf, placeOf } from './page-answer';
import { cookiesOf, inQuery, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/** What the page says of a link that opens nothing. */
const END_OF: Readonly<Record<Exclude<TokenCheck['outcome'], 'open'>, DeadEnd>> = {
  'invitation-expired': 'expired',
  'invitation-revoked': 'revoked',
  'invitation-used': 'used',
  'invitation-unknown': 'unknown',
  unavailable: 'unavailable',
};

/**
 * `GET /?invitation=…`: where the link of the mail leads. It redeems nothing, so that scanners of mail may follow it.
 * Whose token is right is led on to an address without it: it is in no history, no referrer and no bookmark.
 */
export function createOpenRoute(deps: PageDeps): (call: PageCall) => Promise<Answer> {
  const { settings, checkToken, cookies, now } = deps;
  return async (call) => {
    const check = await checkToken(inQuery(call, 'invitation'));
    if (check.outcome !== 'open') {
      const { outcome, of } = check;
      return deadEnd(END_OF[outcome], of?.language ?? languageOf(call), settings, {
        application: of?.application,
        ...(outcome === 'unavailable' && { retryUrl: '' }),
      });
    }
    const { id, sending, language, application } = check.invitation;
    if (destinationOf(settings, application) === undefined) return deadEnd('off', language, settings);
    const flow = newSecret(16);
    const session = { flow, id, sending, language, proof: newSecret(16), openedAt: now() };
    return goTo(placeOf(settings, 'accept', flow), await cookies.begin(session, cookiesOf(call)));
  };
}
