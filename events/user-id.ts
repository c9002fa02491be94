/** Characters of a `user_id` at most; Auth0 states no bound, enterprise ids of several hundred exist. */
export const MAX_USER_ID_LENGTH = 1024;

/** A service keeps its profiles under this key, and DynamoDB takes no longer one. */
const MAX_USER_ID_BYTES = 2048;
/** Control characters, and halves of characters: two ids that differ by those alone are the same in UTF-8. */
const FORBIDDEN = /[\p{Cc}\p{Cs}]/u;

/** Whether a text can be the id of a user. */
export function isUserId(text: string): boolean {
  if (text === '' || text.length > MAX_USER_ID_LENGTH || FORBIDDEN.test(text)) return false;
  return new TextEncoder().encode(text).length <= MAX_USER_ID_BYTES;
}
