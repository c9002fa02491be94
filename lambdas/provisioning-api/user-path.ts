import { isUserId } from '../../events/user-id';
import { ApiProblem } from './problem';

/** What stands for a user in a path: nothing in it means anything to who reads addresses. */
export const pathOfUser = (userId: string): string => Buffer.from(userId, 'utf8').toString('base64url');

/** The user that a path names, if it is written as {@link pathOfUser} writes it. */
export function userOfPath(text: string | undefined): string {
  const userId = Buffer.from(text ?? '', 'base64url').toString('utf8');
  // Padding, other alphabets and bytes that are no text would give one user several names.
  if (isUserId(userId) && pathOfUser(userId) === text) return userId;
  throw new ApiProblem(400, 'invalid-request', { detail: 'path.id' });
}
