import { newestKeys, parseKeys } from '../../../events/key-ring';
import { type SignatureHeaders, type SignedContent, sign } from '../../../events/signature';
import type { HttpClient } from '../../runtime/http';
import { RetryableError } from '../connector';
import type { Handover } from '../hand-over/handover';
import { type HandoverParties, handoverMessage } from '../hand-over/handover-message';
import { exchange, throwOnFailure } from '../remote-call';

export interface WebhookHandoverDeps {
  readonly url: string;
  readonly parties: HandoverParties;
  /** Text of the secret with the keys to sign with. Throws when it cannot be read. */
  readonly keys: () => Promise<string>;
  readonly http: HttpClient;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** While a key is rotated receivers know one of two. */
const MOST_SIGNATURES = 2;

/** Tells a system by a POST that is signed as Standard Webhooks says. */
export function createWebhookHandover(deps: WebhookHandoverDeps): Handover {
  return {
    deliver: async (order) => {
      const body = JSON.stringify(handoverMessage(order, deps.parties));
      const timestampSeconds = Math.floor(deps.now() / 1000);
      const signature = await signByAll(deps, { id: order.id, timestampSeconds, body });
      const answer = await exchange(deps.http, {
        method: 'POST',
        url: deps.url,
        headers: { 'content-type': 'application/cloudevents+json', ...signature },
        body,
        timeoutMs: deps.timeoutMs,
      });
      throwOnFailure(answer, 'POST', deps.now());
    },
  };
}

async function signByAll(
  { keys, now }: WebhookHandoverDeps,
  content: SignedContent,
): Promise<SignatureHeaders> {
  const text = await keys().catch(() => undefined);
  const valid = text === undefined ? [] : keysIn(text, now());
  const signed = await Promise.all(valid.map(({ secret }) => sign(secret, content)));
  const [first] = signed;
  // Nobody could believe it.
  if (first === undefined) throw new RetryableError('secret-unavailable');
  return { ...first, 'webhook-signature': signed.map((each) => each['webhook-signature']).join(' ') };
}

function keysIn(text: string, now: number) {
  try {
    return newestKeys(parseKeys(text), now).slice(0, MOST_SIGNATURES);
  } catch {
    return [];
  }
}
