import * as z from 'zod/mini';
import { connectionSchema, userAttributesSchema } from '../../../events/event-schema';
import type { Invitation } from '../../../events/invitations/invitation';
import type { RedemptionAnswer } from '../../../events/invitations/redemption';
import { parseJson } from '../../../events/parse-json';
import { isUserId } from '../../../events/user-id';
import type { IsSignedByAction } from '../../status/api/action-signature';
import { bodyOf } from '../../status/api/http-request';
import { type Answer, jsonAnswer } from '../../status/api/json-answer';
import { checkHandle } from '../token/handle';
import { waitForGranting } from './granting';
import type { PageCall } from './page-call';
import type { PageDeps } from './page-deps';
import { type Redeemer, redeemerOf } from './redeemer';

export interface RedemptionRouteDeps
  extends Pick<
    PageDeps,
    'ring' | 'invitations' | 'redeem' | 'userRefOf' | 'linksOf' | 'settings' | 'pause' | 'now'
  > {
  readonly isSignedByAction: IsSignedByAction;
}

const asked = z.object({
  handle: z.optional(z.string().check(z.maxLength(200))),
  /** Of somebody who was made for it, whose first login it is. */
  invitation: z.optional(z.string().check(z.maxLength(64))),
  /** Epoch ms at which the login brought the handle; now when left out. */
  seenAt: z.optional(z.number()),
  /** Epoch ms until which the login can wait for what is granted. Left out where somebody else waits for it. */
  waitUntil: z.optional(z.number()),
  user: z.record(z.string(), z.unknown()),
  connection: z.optional(connectionSchema),
});

type Asked = z.infer<typeof asked>;

/** Of the body. It holds what the events of a person hold, and is to be as large as one of them may. */
const MOST_LENGTH = 262_144;

/**
 * `POST /redemption`: the Action redeems in the login of whom a handle came with, and signs it as it signs an event. The
 * same call may be made again.
 */
export function createRedemptionRoute(deps: RedemptionRouteDeps): (call: PageCall) => Promise<Answer> {
  return async (call) => {
    const body = bodyOf(call, MOST_LENGTH);
    if (body === undefined || !(await deps.isSignedByAction(call.headers, body))) {
      return jsonAnswer(401, { code: 'signature-invalid' });
    }
    const { success, data } = asked.safeParse(parseJson(body));
    const user = success ? userIn(data) : undefined;
    if (!success || user === undefined) return jsonAnswer(400, { code: 'invalid-body' });
    return jsonAnswer(200, await answerTo(deps, data, user, call.requestContext.requestId));
  };
}

function userIn({ user: { user_id, ...attributes } }: Asked): Redeemer | undefined {
  const { success, data } = userAttributesSchema.safeParse(attributes);
  if (!success || typeof user_id !== 'string' || !isUserId(user_id)) return undefined;
  const { created_at: bornAt = '' } = data;
  return Number.isNaN(Date.parse(bornAt)) ? undefined : redeemerOf(data, user_id, bornAt);
}

async function answerTo(
  deps: RedemptionRouteDeps,
  said: Asked,
  user: Redeemer,
  requestId: string,
): Promise<RedemptionAnswer> {
  const id = await (said.handle === undefined ? idOfPrecreated(deps, said, user) : idIn(deps, said, user));
  if (id === undefined) return { outcome: 'invitation-unknown' };
  const { connection } = said;
  const { outcome, invitation } = await deps.redeem({ id, user, connection, requestId });
  const { waitUntil } = said;
  if (outcome !== 'redeemed' || invitation === undefined || waitUntil === undefined) return { outcome };
  const grant = await grantOf(deps, invitation, waitUntil);
  return { outcome, ...(grant && { grant }) };
}

/** No login can wait longer. One whose clock is ahead says so, and is gone by the time of an answer that comes later. */
const LONGEST_WAIT_MS = 1_000;
/** What was granted before then the tenant knows by itself, and also what was taken away since. */
const NEWS_FOR_MS = 5 * 60_000;

async function grantOf(
  deps: RedemptionRouteDeps,
  { roles, redeemedBy = '', toldAt = '' }: Invitation,
  waitUntil: number,
) {
  const at = Date.parse(toldAt);
  // No token says anything of what is not a role.
  if (roles.length === 0 || deps.now() - at > NEWS_FOR_MS) return undefined;
  const until = Math.min(waitUntil, deps.now() + LONGEST_WAIT_MS);
  const granting = await waitForGranting(deps, redeemedBy, at, until);
  return { roles, at, isThere: granting === 'ready' };
}

async function idIn({ ring, userRefOf, now }: RedemptionRouteDeps, said: Asked, { user_id }: Redeemer) {
  // A time to come would keep a handle good for ever.
  const seenAt = Math.min(said.seenAt ?? now(), now());
  return checkHandle(said.handle, await ring(), seenAt, await userRefOf(user_id))?.id;
}

// That somebody was made for it is what its row says, not who comes.
async function idOfPrecreated(
  { invitations }: RedemptionRouteDeps,
  { invitation = '' }: Asked,
  { user_id }: Redeemer,
) {
  const row = invitation === '' ? undefined : await invitations.get(invitation);
  return row?.precreated === user_id ? row.id : undefined;
}
