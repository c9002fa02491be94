import type { LinkRow } from '../aws/link-table';

/** Some systems know an account by the user's id, which is for those to see who named the user. */
export function accountShown(
  { accountId, user_id }: Pick<LinkRow, 'accountId' | 'user_id'>,
  userId: string | undefined,
): string | undefined {
  const isThePerson = userId === undefined && accountId !== undefined && accountId === user_id;
  return isThePerson ? '(the user id)' : accountId;
}
