import * as z from 'zod/mini';
import { parseJson } from '../../../events/parse-json';
import { readinessOf } from '../../../events/readiness';
import type { ReadinessAnswer } from '../../../events/status-snapshot';
import { isUserId } from '../../../events/user-id';
import { createdAt } from '../created-at';
import type { RowsOf } from '../rows-of';
import { expectedFor, type StatusSettings } from '../status-settings';
import type { IsSignedByAction } from './action-signature';
import { bodyOf, type HttpCall } from './http-request';
import { type Answer, jsonAnswer } from './json-answer';

export interface ReadinessRouteDeps {
  readonly isSignedByAction: IsSignedByAction;
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly rowsOf: RowsOf;
  readonly settings: StatusSettings;
}

const asked = z.object({
  user_id: z.string().check(z.refine(isUserId)),
  connection: z.optional(z.string().check(z.maxLength(128))),
  created_at: z.optional(createdAt),
});

/**
 * `POST /readiness`, and `POST /` where the person would be sent to the page: how far they are, for the Action, which
 * signs the question as it signs an event. It changes nothing, so that a question that is sent again is answered again.
 */
export function createReadinessRoute(deps: ReadinessRouteDeps): (call: HttpCall) => Promise<Answer> {
  return async (call) => {
    const body = bodyOf(call);
    if (body === undefined || !(await deps.isSignedByAction(call.headers, body))) {
      return jsonAnswer(401, { code: 'signature-invalid' });
    }
    const { success, data } = asked.safeParse(parseJson(body));
    if (!success) return jsonAnswer(400, { code: 'invalid-body' });
    return jsonAnswer(200, await answerTo(data, deps));
  };
}

async function answerTo(
  { user_id, connection, created_at }: z.infer<typeof asked>,
  { userRefOf, rowsOf, settings }: ReadinessRouteDeps,
): Promise<ReadinessAnswer> {
  const rows = await rowsOf(await userRefOf(user_id), created_at);
  const { systems, ...readiness } = readinessOf(rows, expectedFor(settings.systems, connection));
  const ready = systems.filter(({ standing }) => standing === 'ready').map(({ name }) => name);
  return { known: rows.length > 0, ...readiness, ready };
}
