import {
  connectionSchema,
  type EventConnection,
  type UserAttributes,
  userAttributesSchema,
} from '../../events/event-schema';
import { readText } from '../../events/read-value';
import type { Claims } from './token';

/** What is known of a user beside their links. */
export interface Profile {
  /** `created_at`: which life of the user it is. */
  readonly generation?: string;
  readonly connection?: EventConnection;
  /** Absent where nobody said enough to make an account of. */
  readonly user?: UserAttributes;
}

/** What a token says of its user, under the names that our Action gives its claims. */
export function profileIn(claims: Claims, namespace: string): Profile {
  const user = userAttributesSchema.safeParse(claims[`${namespace}user`]).data;
  const connection = connectionSchema.safeParse(claims[`${namespace}connection`]).data;
  // One attribute that is none makes nobody somebody without a life: whoever signed up again is another person.
  const createdAt = readText(claims[`${namespace}user`], 'created_at', 40);
  return profileOf({ user, connection, createdAt });
}

export interface Said {
  readonly user?: UserAttributes | undefined;
  readonly connection?: EventConnection | undefined;
  /** Where the user is not known as a whole. */
  readonly createdAt?: string | undefined;
}

export function profileOf({ user, connection, createdAt }: Said): Profile {
  const generation = user?.created_at ?? createdAt;
  return {
    // What cannot be compared names no life.
    ...(generation !== undefined && !Number.isNaN(Date.parse(generation)) && { generation }),
    ...(connection && { connection }),
    ...(user && { user }),
  };
}
