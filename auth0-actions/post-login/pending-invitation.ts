import { HANDLE_PARAMETER, type Handle, readHandle } from '../../events/invitations/handle';
import { invitationOfInvited, KEPT_INVITATION } from '../../events/invitations/precreated';
import { readValue } from '../../events/read-value';
import type { PostLoginApi } from '../types';
import { isInteractive } from './is-interactive';

/** What a login is to redeem. */
export interface PendingInvitation {
  /** What a login brought along, this one or an earlier one. */
  readonly brought?: BroughtHandle;
  /** Of another invitation, which an earlier login brought: it waits for the next one. */
  readonly waiting?: BroughtHandle;
  /** Id of the invitation that the user was made for. */
  readonly madeFor?: string;
}

export interface BroughtHandle {
  readonly handle: string;
  /** Epoch ms at which a login brought it. */
  readonly seenAt: number;
}

/** The invitation that is to be redeemed at this login, if any. */
export function pendingInvitation(event: unknown, now: number): PendingInvitation | undefined {
  if (!isInteractive(event)) return undefined;
  const kept = keptBy(event, now);
  const brought = handleOf(readValue(event, `request.query.${HANDLE_PARAMETER}`), now, now) ?? kept;
  const madeFor = invitationOfInvited(readValue(event, 'user'));
  if (brought === undefined && madeFor === undefined) return undefined;
  return {
    ...(brought && { brought }),
    ...(kept && idOf(kept) !== idOf(brought) && { waiting: kept }),
    ...(madeFor !== undefined && { madeFor }),
  };
}

const idOf = (brought: BroughtHandle | undefined) => readHandle(brought?.handle)?.id;

interface Kept extends Partial<BroughtHandle> {
  /** Of the invitation that the user was made for. */
  readonly id?: string;
}

const KEPT = ['id', 'handle', 'seenAt'] as const;

const keptIn = (event: unknown, name: keyof Kept) =>
  readValue(event, `user.app_metadata.${KEPT_INVITATION}.${name}`);

function keptBy(event: unknown, now: number): BroughtHandle | undefined {
  const seenAt = keptIn(event, 'seenAt');
  return typeof seenAt === 'number' ? handleOf(keptIn(event, 'handle'), seenAt, now) : undefined;
}

// Whether it is genuine others see; that it is of no use any more shows without asking.
function handleOf(text: unknown, seenAt: number, now: number): BroughtHandle | undefined {
  const handle = readHandle(text);
  return handle !== undefined && isOpen(handle, seenAt, now) ? { handle: String(text), seenAt } : undefined;
}

/** No invitation is open for longer. Whoever makes a handle up may write any year into it. */
const LONGEST_MS = 31 * 24 * 60 * 60_000;

const isOpen = ({ expiresAt }: Handle, seenAt: number, now: number) =>
  now < Math.min(expiresAt * 1000, seenAt + LONGEST_MS);

/**
 * Keeps what is still to be redeemed for the next login, and forgets what is not. `isOver` says that what was asked for
 * is: the handle, where there is one.
 */
export function keepPending(
  event: unknown,
  { user }: Pick<PostLoginApi, 'user'>,
  { brought, waiting, madeFor }: PendingInvitation,
  isOver: boolean,
): void {
  const isBoth = brought !== undefined && idOf(brought) === madeFor;
  const handle = isOver ? waiting : brought;
  const id = isOver && (brought === undefined || isBoth) ? undefined : madeFor;
  const wanted: Kept = { ...(id === undefined ? {} : { id }), ...handle };
  // Whoever comes is nobody any more who never came.
  if (madeFor !== undefined && id === undefined) user.setAppMetadata('status', null);
  // Each write is a call of the tenant's to its own store, and limited.
  if (KEPT.every((name) => keptIn(event, name) === wanted[name])) return;
  user.setAppMetadata(KEPT_INVITATION, Object.keys(wanted).length === 0 ? null : wanted);
}
