import { READING_MS } from '../progress';
import type { Board } from './board';

/** What the page does now: wait for accounts, let the person read what failed, stay for good, or go on. */
export type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'read'; readonly seconds: number }
  | { readonly kind: 'stay' }
  | { readonly kind: 'go' };

/** @param failedAt when the person was first told that something failed */
export function nextStep(board: Board, at: number, onFailed: 'continue' | 'stop', failedAt = at): Step {
  if (board.end === 'failed') {
    if (onFailed === 'stop') return { kind: 'stay' };
    const left = failedAt + READING_MS - at;
    return left <= 0 ? { kind: 'go' } : { kind: 'read', seconds: secondsOf(left) };
  }
  const left = board.deadline - at;
  return board.end !== undefined || left <= 0 ? { kind: 'go' } : { kind: 'wait', seconds: secondsOf(left) };
}

const secondsOf = (ms: number) => Math.ceil(ms / 1_000);
