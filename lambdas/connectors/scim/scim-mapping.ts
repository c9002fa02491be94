import type { EventUser } from '../../../events/event-schema';
import type { AccountRequest } from '../connector';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** A SCIM User as we send it (RFC 7643, section 4.1). */
export interface ScimUser {
  readonly schemas: readonly [typeof USER_SCHEMA];
  readonly externalId: string;
  readonly userName: string;
  readonly active: true;
  readonly displayName?: string;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly emails?: readonly [{ readonly value: string; readonly primary: true }];
}

/** Auth0's words on one side, SCIM's on the other; nowhere else do they meet. */
export function toScimUser({ externalId, user }: AccountRequest): ScimUser {
  const displayName = textOf(user, 'name') ?? textOf(user, 'username') ?? user.email;
  const name = withoutUndefined({
    givenName: textOf(user, 'given_name'),
    familyName: textOf(user, 'family_name'),
  });
  return {
    schemas: [USER_SCHEMA],
    externalId,
    userName: textOf(user, 'username') ?? textOf(user, 'email') ?? user.user_id,
    active: true,
    ...withoutUndefined({ displayName }),
    ...(Object.keys(name).length === 0 ? {} : { name }),
    ...(textOf(user, 'email') === undefined
      ? {}
      : { emails: [{ value: user.email as string, primary: true }] }),
  };
}

function textOf(user: EventUser, attribute: string): string | undefined {
  const value = user[attribute];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
