import { type KeyRing, verifyWithKeyRing } from '../../../events/key-ring';

/** The headers of a call, named in lower case as an HTTP API hands them on. */
export type Headers = Readonly<Record<string, string | undefined>>;

export type IsSignedByAction = (headers: Headers, body: string) => Promise<boolean>;

export interface ActionSignatureDeps {
  /** The keys of the Actions alone: nobody else asks. With `fresh` as they are now. */
  readonly keyRing: (how: { readonly fresh: boolean }) => Promise<Pick<KeyRing, 'actions'>>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Whether a call was signed with a key of the Actions within the last five minutes. */
export function createActionSignature(deps: ActionSignatureDeps): IsSignedByAction {
  return async (headers, body) => {
    const id = headers['webhook-id'] ?? '';
    const timestamp = headers['webhook-timestamp'] ?? '';
    const signatures = headers['webhook-signature'] ?? '';
    if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
    const signed = { id, timestampSeconds: Number(timestamp), body, signatures, acceptedAt: deps.now() };
    for (const fresh of [false, true]) {
      const verification = await verifyWithKeyRing(await deps.keyRing({ fresh }), signed);
      if (verification.ok) return true;
      // Only a key that was added since is worth reading them again.
      if (verification.code !== 'signature-invalid') return false;
    }
    return false;
  };
}
