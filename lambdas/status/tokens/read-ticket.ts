import * as z from 'zod/mini';
import type { Ticket } from '../../../events/login-tokens';
import type { ReadTokenSecrets } from './token-secrets';
import { FORGED, type Refused, verifyToken } from './verify-token';

const ticket = z.object({
  purpose: z.literal('ticket'),
  sub: z.string().check(z.regex(/^[\w-]{43}$/)),
  exp: z.number(),
});

export type TicketRead = { readonly ok: true; readonly ticket: Ticket } | Refused;

/** What a browser opens its socket with. */
export async function readTicket(
  text: string,
  readSecrets: ReadTokenSecrets,
  now: number,
): Promise<TicketRead> {
  const verified = await verifyToken(text, readSecrets, now);
  if (!verified.ok) return { ok: false, why: verified.why };
  const { success, data } = ticket.safeParse(verified.claims);
  return success ? { ok: true, ticket: data } : FORGED;
}
