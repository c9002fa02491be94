import type { AttributeValue } from '../../../events/event-schema';
import type { AccountRequest } from '../connector';
import { valuesOf } from '../intent/changes-of';
import type { Dialect } from './dialect';
import { isMultiValued, keysOf, objectOf, pathOf } from './scim-path';
import { isTrue, type Resource } from './scim-resource';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** A SCIM User as we make it (RFC 7643, section 4.1). */
export interface ScimUser extends Resource {
  readonly schemas: readonly string[];
  readonly externalId: string;
  readonly active: true;
}

export function toScimUser({ externalId, attributes }: AccountRequest, dialect: Dialect): ScimUser {
  const values = valuesOf(attributes);
  const extensions = values.map(({ to }) => pathOf(to).schema).filter((schema) => schema !== undefined);
  const fields = values.reduce<Fields>(
    (user, { to, value }) => place(user, keysOf(to), scimValue(to, value, dialect)),
    {},
  );
  return { schemas: [USER_SCHEMA, ...new Set(extensions)], externalId, ...fields, active: true };
}

/** A value as a server takes it: of an attribute that can have several, the one that is the user's. */
export function scimValue(
  to: string,
  value: AttributeValue | undefined,
  { valueType: type }: Dialect,
): unknown {
  return isMultiValued(to) ? [{ value, ...(type === undefined ? {} : { type }), primary: true }] : value;
}

/** What a server shows of an attribute, in the form in which events have it. */
export function shownBy(resource: Resource, to: string): unknown {
  const shown = keysOf(to).reduce<unknown>((value, key) => objectOf(value)[key], resource);
  return isMultiValued(to) ? objectOf(primaryOf(shown)).value : shown;
}

/** The entry that is the user's; the first where a server marks none. */
export function primaryOf(entries: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  return list.find((entry) => isTrue(objectOf(entry).primary)) ?? list[0];
}

export type Fields = { readonly [key: string]: unknown };

export function place(fields: Fields, [key = '', ...rest]: readonly string[], value: unknown): Fields {
  return { ...fields, [key]: rest.length === 0 ? value : place(objectOf(fields[key]), rest, value) };
}
