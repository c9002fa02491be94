import * as z from 'zod/mini';
import { LINK_STATES, OWNERSHIPS } from './link-state';

const text = z.string();
const epochMs = z.number();

/**
 * A row of the user-link table, the pair of a user and a system, as far as those may build on it who only read.
 * What a worker keeps there for itself is left out. All texts are somebody else's: print none as it is.
 */
export const linkRow = z.object({
  userRef: text,
  system: text,
  /** Gone once the user is erased. */
  user_id: z.exactOptional(text),
  state: z.enum(LINK_STATES),
  /** Why the link is in this state, where the state alone does not say. A newer version may know more codes. */
  code: z.exactOptional(text),
  /** The instance of the system that the account is in, or is to be in; of a system that has several. */
  instance: z.exactOptional(text),
  /** The system's own id of the account. */
  accountId: z.exactOptional(text),
  ownership: z.exactOptional(z.enum(OWNERSHIPS)),
  /** The user's `created_at`, ISO 8601. A person who was deleted and signs up again has a newer one. */
  generation: z.exactOptional(text),
  /** Attempts of the current run of attempts, and the epoch ms of its first. */
  attempts: z.number(),
  firstAttemptAt: epochMs,
  /** Before it nobody may look up: an earlier create may still be under way until then. */
  notBefore: z.exactOptional(epochMs),
  /** Present while a worker works on the link. */
  lease: z.exactOptional(z.object({ until: epochMs })),
  /** When the API accepted the event that began this run of attempts. */
  acceptedAt: epochMs,
  eventId: text,
  requestId: text,
  /** ISO 8601. */
  updatedAt: text,
});

export type LinkRow = Readonly<z.infer<typeof linkRow>>;
