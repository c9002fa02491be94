import type { KindExplained } from '../explain/kind-explained';
import type { ProfileRow } from './profile-mapping';

/** What can be seen of a write to a table of profiles without seeing whom it is about. */
export const PROFILE_EXPLAINED: KindExplained = {
  plain: [
    '/TableName',
    '/ConditionExpression',
    '/UpdateExpression',
    '/ExpressionAttributeNames',
    '/ReturnValuesOnConditionCheckFailure',
    '/ConsistentRead',
  ],
  shows: (snapshot, { to }) => (snapshot as ProfileRow)[to],
};
