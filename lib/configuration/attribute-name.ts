import { textLike } from './section';

/** Name of a user attribute as it arrives in an event. Every account has the three that are refused from us. */
export const attributeName = textLike(
  /^(?!user_id$|externalId$|active$)[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  'the name of an attribute, such as given_name or user_metadata_department, but not user_id, externalId or active',
);
