import * as z from 'zod/mini';
import type { StatusToken } from '../../../events/login-tokens';
import { isUserId } from '../../../events/user-id';
import { createdAt } from '../created-at';
import type { ReadTokenSecrets } from './token-secrets';
import { FORGED, type Refused, verifyToken } from './verify-token';

/** Of a token that is too old, `app` is where its login was to end. */
export type RefusedStatusToken = Refused & { readonly app?: string };
export type StatusTokenRead = { readonly ok: true; readonly token: StatusToken } | RefusedStatusToken;

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

// Both become parts of a header. In a host that a URL parser takes there may be a semicolon, which ends a directive.
const HOST = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\\d{1,5})?';
const LOOPBACK = '(?:127\\.0\\.0\\.1|localhost)(?::\\d{1,5})?';
const ORIGIN = new RegExp(`^(?:https://${HOST}|http://${LOOPBACK})$`);
const APP = new RegExp(
  `^(?:https://${HOST}|http://${HOST}|(?!https?:|data:|blob:|javascript:)[a-z][a-z0-9+.-]{0,99}:)$`,
);

const grant = z.object({ roles: z.array(text(64)).check(z.maxLength(20)), at: z.number() });

const statusToken = z.object({
  purpose: z.literal('status'),
  sub: z.string().check(z.refine(isUserId)),
  iss: text(300),
  exp: z.number(),
  origin: z.string().check(z.regex(ORIGIN)),
  at: z.number(),
  connection: z.catch(text(128), ''),
  // Without them the page is in English, and some browsers stay where the form was sent to: better than no page.
  app: z.optional(z.catch(z.optional(z.string().check(z.regex(APP))), undefined)),
  created_at: z.optional(z.catch(z.optional(createdAt), undefined)),
  languages: z.optional(z.catch(z.optional(text(100)), undefined)),
  grant: z.optional(z.catch(z.optional(grant), undefined)),
});

/** The token that the Action sent a person with. Whose it is and where it leads, its signature alone decides. */
export async function readStatusToken(
  token: string,
  readSecrets: ReadTokenSecrets,
  now: number,
): Promise<StatusTokenRead> {
  const verified = await verifyToken(token, readSecrets, now);
  const { success, data } = statusToken.safeParse(verified.claims);
  if (!verified.ok) {
    return { ok: false, why: verified.why, ...(data?.app !== undefined && { app: data.app }) };
  }
  return success ? { ok: true, token: data as StatusToken } : FORGED;
}
