import type { AuthenticityCode } from './codes';
import type { IssuerName } from './issuers';
import { type SignedContent, verifySignature } from './signature';

/** A key of an issuer. Times are epoch ms and are compared with the moment the API accepted the event. */
export interface SigningKey {
  readonly secret: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** When it was made, for whoever signs: the newest key is the one to sign with. It decides nothing in verifying. */
  readonly createdAt?: number;
}

/** All keys that may have signed an event, by issuer. A key stays here after `notAfter`, to verify late redrives. */
export type KeyRing = Partial<Readonly<Record<IssuerName, readonly SigningKey[]>>>;

/** A clock of the signer that is off by more than this is refused. Source: Standard Webhooks, "Verifying". */
export const SIGNATURE_TOLERANCE_MS = 5 * 60_000;

export interface SignedMessage extends SignedContent {
  readonly signatures: string;
  /** Epoch ms at which the API accepted the call. */
  readonly acceptedAt: number;
}

export type Verification =
  | { readonly ok: true; readonly issuer: IssuerName }
  | { readonly ok: false; readonly code: AuthenticityCode };

/** Finds the issuer whose key signed `message`. The moment of processing plays no part. */
export async function verifyWithKeyRing(ring: KeyRing, message: SignedMessage): Promise<Verification> {
  if (Math.abs(message.timestampSeconds * 1000 - message.acceptedAt) > SIGNATURE_TOLERANCE_MS) {
    return { ok: false, code: 'signature-expired' };
  }
  for (const [issuer, keys] of Object.entries(ring) as [IssuerName, readonly SigningKey[]][]) {
    for (const key of keys.filter((candidate) => isValidAt(candidate, message.acceptedAt))) {
      if (await verifySignature(key.secret, message, message.signatures)) return { ok: true, issuer };
    }
  }
  return { ok: false, code: 'signature-invalid' };
}

/** The key to sign with: of those that are valid now the newest, and of equally old ones the first. */
export function newestKey(keys: readonly SigningKey[], now: number): SigningKey | undefined {
  return newestKeys(keys, now)[0];
}

/** The keys that are valid now, the newest first, and of equally old ones in their order. */
export function newestKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return keys
    .filter((key) => isValidAt(key, now))
    .toSorted((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
}

function isValidAt(key: SigningKey, at: number): boolean {
  return at >= (key.notBefore ?? 0) && at <= (key.notAfter ?? Number.POSITIVE_INFINITY);
}

/**
 * Reads the keys of one issuer from the text of its secret: either the bare key, as it is generated on the
 * first deployment (`whsec_` may be missing), or `{"keys":[{"secret","notBefore","notAfter"}]}` once rotated.
 * Throws when it is neither.
 */
export function parseKeys(secretText: string): SigningKey[] {
  const trimmed = secretText.trim();
  const keys = trimmed.startsWith('{')
    ? (JSON.parse(trimmed) as { keys: SigningKey[] }).keys
    : [{ secret: trimmed }];
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isSigningKey)) {
    throw new Error('The signing secret holds no usable key.');
  }
  return keys;
}

function isSigningKey(key: SigningKey): boolean {
  const isTime = (value: unknown) => value === undefined || typeof value === 'number';
  return (
    typeof key?.secret === 'string' &&
    /^(whsec_)?(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(key.secret) &&
    isTime(key.notBefore) &&
    isTime(key.notAfter) &&
    isTime(key.createdAt)
  );
}
