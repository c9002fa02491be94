import type { RejectCode } from '../../../events/codes';
import type { UserEvent } from '../../../events/event-schema';
import { type IssuerName, mayIssue } from '../../../events/issuers';
import { SIGNATURE_TOLERANCE_MS } from '../../../events/key-ring';
import { type Accepted, parseAccepted, parseWebhook } from '../../../events/message-attributes';
import { type Outcome, rejected, retry } from '../../../events/outcome';
import { type ParsedEvent, parseEvent } from '../../../events/parse-event';
import { parsePlainMessage } from '../../../events/plain-message';
import type { AcceptedEvent } from './accepted-event';
import { checkSignature, type ReadKeyRing, type Undecided } from './check-signature';

/** A message, whatever carried it. */
export interface Message {
  readonly body: string;
  /** Texts of the attributes named in events/message-attributes.ts. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** How often it was delivered, this time included. */
  readonly deliveries: number;
  /** Epoch ms at which it came into this queue. */
  readonly queuedAt: number;
}

export interface AuthenticateDeps {
  readonly keyRing: ReadKeyRing;
  readonly unsignedAllowed: boolean;
  /** Milliseconds to wait after this many deliveries. */
  readonly backoff: (deliveries: number) => number;
  /** Epoch ms. */
  readonly now: () => number;
}

export type Authentication =
  | { readonly ok: true; readonly accepted: AcceptedEvent }
  | { readonly ok: false; readonly outcome: Outcome };

const refuse = (code: RejectCode, detail?: string): Authentication => ({
  ok: false,
  outcome: rejected(code, detail),
});

/** Finds out who sent a message, before anything else is believed of it. Never rejects. */
export function createAuthenticate(deps: AuthenticateDeps): (message: Message) => Promise<Authentication> {
  return async (message) => {
    const accepted = parseAccepted(message.attributes.accepted);
    if (accepted === undefined) return refuse('not-accepted');
    if (message.attributes.webhook === undefined) return admitUnsigned(deps, message, accepted);
    const webhook = parseWebhook(message.attributes.webhook);
    if (webhook === undefined) return refuse('signature-malformed');
    const signed = { ...webhook, body: message.body, acceptedAt: accepted.at };
    const check = await checkSignature(deps.keyRing, signed).catch(() => undefined);
    if (check?.ok === undefined) return comeBack(deps, message, check);
    if (!check.ok) return refuse(check.code);
    return admit(message, accepted, { issuer: check.issuer, webhookId: webhook.id });
  };
}

// After `until` the ring was to be read again, so that it is undecided still because that failed.
function comeBack(deps: AuthenticateDeps, { deliveries }: Message, undecided?: Undecided): Authentication {
  const afterMs = (undecided?.until ?? 0) - deps.now();
  const outcome =
    afterMs > 0 ? retry('key-unknown', afterMs) : retry('secret-unavailable', deps.backoff(deliveries));
  return { ok: false, outcome };
}

async function admitUnsigned(
  deps: AuthenticateDeps,
  message: Message,
  accepted: Accepted,
): Promise<Authentication> {
  const allowed = deps.unsignedAllowed && accepted.route === 'store';
  return allowed ? admit(message, accepted, {}) : refuse('signature-missing');
}

interface Sender {
  /** Absent for an unsigned message. */
  readonly issuer?: IssuerName;
  readonly webhookId?: string;
}

async function admit(message: Message, accepted: Accepted, sender: Sender): Promise<Authentication> {
  const parsed = await parse(message, accepted, sender.webhookId);
  if (!parsed.ok) return refuse(parsed.code, parsed.path === '' ? undefined : parsed.path);
  const { event } = parsed;
  // What the queues filtered by is outside the signature; the signed body decides.
  const { type, system } = message.attributes;
  if (type !== event.type || system !== event.data.system) return refuse('attribute-mismatch');
  if (sender.issuer !== undefined && !mayIssue(sender.issuer, event.type)) return refuse('not-allowed');
  const early = pathInFuture(event, accepted);
  if (early !== undefined) return refuse('time-in-future', early);
  const unsigned = sender.issuer === undefined;
  const { at: acceptedAt, requestId, route } = accepted;
  const { deliveries, queuedAt } = message;
  return { ok: true, accepted: { event, acceptedAt, requestId, route, unsigned, deliveries, queuedAt } };
}

function parse(message: Message, accepted: Accepted, webhookId?: string): Promise<ParsedEvent> {
  if (accepted.route !== 'store') return Promise.resolve(parseEvent(message.body));
  return parsePlainMessage({
    message: message.body,
    acceptedAt: accepted.at,
    ...(webhookId === undefined ? {} : { webhookId }),
  });
}

// A created_at of 2099 would outrank every later life of the user, and an updated_at every later change.
function pathInFuture({ time, data }: UserEvent, accepted: Accepted): string | undefined {
  const { created_at, updated_at } = data.user;
  const times = { time, 'data.user.created_at': created_at, 'data.user.updated_at': updated_at };
  const latest = accepted.at + SIGNATURE_TOLERANCE_MS;
  return Object.entries(times).find(([, text]) => text !== undefined && Date.parse(text) > latest)?.[0];
}
