import { parseJson } from '../../../events/parse-json';
import { type Asked, openSession, type SessionDeps } from '../session';
import type { TakeSnapshot } from '../take-snapshot';
import { bodyOf, type HttpCall } from './http-request';
import { type Answer, jsonAnswer } from './json-answer';

export interface SnapshotRouteDeps extends SessionDeps {
  readonly takeSnapshot: TakeSnapshot;
}

/** `POST /snapshot`: how things stand, for a page whose socket is not open. */
export function createSnapshotRoute(deps: SnapshotRouteDeps): (call: HttpCall) => Promise<Answer> {
  return async (call) => {
    const opened = await openSession(askedIn(bodyOf(call)), deps);
    if (opened.ok) return jsonAnswer(200, await deps.takeSnapshot(opened.session));
    return opened.why === 'expired'
      ? jsonAnswer(410, { code: 'expired' })
      : jsonAnswer(400, { code: 'invalid-token' });
  };
}

/** The object in a text; of anything else, one that asks for nothing. */
export function askedIn(text: string | undefined): Asked {
  const parsed = parseJson(text ?? '');
  return parsed instanceof Object ? parsed : {};
}
