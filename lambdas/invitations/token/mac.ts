import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InvitationKey } from './invitation-ring';

/** HMAC-SHA256. What it is for is part of it, so that the mac of one thing is never that of another. */
export const macOf = (
  { secret }: InvitationKey,
  purpose: 'token' | 'handle' | 'session',
  text: string,
): string => createHmac('sha256', secret).update(`${purpose} ${text}`).digest('base64url');

/** Takes as long whether they differ at the first character or at the last. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
