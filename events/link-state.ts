/**
 * State of a user link, the pair of a user and a system.
 *
 * - `pending`: an account is being made
 * - `linked`: the account exists, `accountId` says which
 * - `handed-over`: the system makes the account itself, and was told
 * - `skipped`: the user gets no account there, `code` says why
 * - `held`: waits for an operator, `code` says why
 * - `rejected`: the system or the event was refused for good, `code` says why
 * - `failed`: given up after the retry budget, `code` is the last cause
 * - `disabled`: the account exists and is switched off
 * - `deprovisioning`, `deprovisioned`: the account is going or gone; the row stays as a tombstone
 */
export const LINK_STATES = [
  'pending',
  'linked',
  'handed-over',
  'skipped',
  'held',
  'rejected',
  'failed',
  'disabled',
  'deprovisioning',
  'deprovisioned',
] as const;

export type LinkState = (typeof LINK_STATES)[number];

const STUCK: ReadonlySet<string> = new Set<LinkState>(['held', 'rejected', 'failed']);

/**
 * Whether a link of this state stays as it is until an operator looks at it, or a person changes something. A state that
 * is not known here says nothing.
 */
export const needsSomebody = (state: string): boolean => STUCK.has(state);

/** How the account came to be ours: we made it, we took over one that was there, or it belongs to others. */
export const OWNERSHIPS = ['created', 'adopted', 'foreign'] as const;

export type Ownership = (typeof OWNERSHIPS)[number];

/** Of a create whose result is not known: `confirmed` when the system said that it made the account. */
export type Creation = 'unknown' | 'confirmed';
