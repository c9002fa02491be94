/**
 * Name in `data.user` of an attribute that Auth0 keeps at `path`: `user_metadata.country` travels as
 * `user_metadata_country`. The prefix stays, because a person may write their own `user_metadata`.
 */
export function attributeName(path: string): string {
  return path.replaceAll('.', '_');
}
