import {
  type KeyRing,
  type SignedMessage,
  type Verification,
  verifyWithKeyRing,
} from '../../../events/key-ring';
import { REREAD_AFTER_MS } from '../../runtime/secrets';

/** A key ring, and the epoch ms at which its reading began. */
export interface KnownKeyRing {
  readonly keys: KeyRing;
  readonly readAt: number;
}

/** The ring as known; with `fresh`, as it is now, unless it was looked at within the last minute. */
export type ReadKeyRing = (how: { readonly fresh: boolean }) => Promise<KnownKeyRing>;

/** The key may have been added after the ring was read; `until` (epoch ms) every worker may look again. */
export interface Undecided {
  readonly ok: undefined;
  readonly until: number;
}

/** Secrets Manager is eventually consistent, and the clocks of the API and of a worker may differ. */
const SHOWS_AFTER_MS = 5_000;

/**
 * Finds the issuer of a message. That no key fits is final only when the ring was read after the event was accepted,
 * a moment that no sender can choose. At `until` that holds, or the ring may be read again, in whichever worker: so
 * a forged message comes back once and not more often. Rejects when the ring cannot be read.
 */
export async function checkSignature(
  readKeyRing: ReadKeyRing,
  message: SignedMessage,
): Promise<Verification | Undecided> {
  const showsAt = message.acceptedAt + SHOWS_AFTER_MS;
  for (const fresh of [false, true]) {
    const { keys, readAt } = await readKeyRing({ fresh });
    const verification = await verifyWithKeyRing(keys, message);
    const missesKey = !verification.ok && verification.code === 'signature-invalid';
    if (!missesKey || readAt >= showsAt) return verification;
  }
  return { ok: undefined, until: showsAt + REREAD_AFTER_MS };
}
