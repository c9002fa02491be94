import { buildEvent } from './build-event';
import { checkEvent, type ParsedEvent } from './parse-event';
import { parseJson } from './parse-json';
import { webCrypto } from './web-crypto';

/** What is known of a message of the plain interface beside its text. */
export interface PlainMessage {
  /** The decoded `message` parameter: JSON of `{username, email, user_id}`. */
  readonly message: string;
  /** The `webhook-id` header, when there was one. */
  readonly webhookId?: string;
  /** Epoch ms at which the API accepted the call; the plain interface carries no time of its own. */
  readonly acceptedAt: number;
}

/**
 * Reads a message of the plain interface as a `user.registered` event. Its id is the `webhook-id`, else the
 * SHA-256 of the message, so that the same call repeated is the same event. Never throws.
 */
export async function parsePlainMessage({
  message,
  webhookId,
  acceptedAt,
}: PlainMessage): Promise<ParsedEvent> {
  const user = parseJson(message);
  if (user === undefined) return { ok: false, code: 'malformed-json', path: '' };
  if (typeof user !== 'object' || user === null || Array.isArray(user)) {
    return { ok: false, code: 'invalid-message', path: '' };
  }
  const event = buildEvent({
    id: webhookId ?? (await sha256Hex(message)),
    source: 'urn:punctual:plain-interface',
    type: 'user.registered',
    at: acceptedAt,
    user: user as { user_id: string },
  });
  return checkEvent(event);
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await webCrypto().subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
