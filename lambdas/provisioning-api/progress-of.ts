import { isRetryCode } from '../../events/codes';
import type { UserLink } from '../user-links/user-link';

/**
 * How it stands with an account that was asked for.
 *
 * - `ready`: it is there, or the system makes it and says nothing of it
 * - `waiting`: somebody works on it, or a message comes back to it
 * - `ended`: nothing is under way, and there is no account
 */
export type Progress = 'ready' | 'waiting' | 'ended';

export function progressOf({ state, code, dueAt }: UserLink): Progress {
  if (state === 'linked') return 'ready';
  // Whoever is to sign it off has a time for that.
  if (state === 'handed-over') return dueAt === undefined ? 'ready' : 'waiting';
  if (state === 'pending') return 'waiting';
  // An account that is switched off or going, and a message that brings it back.
  return isRetryCode(code) && state !== 'failed' ? 'waiting' : 'ended';
}
