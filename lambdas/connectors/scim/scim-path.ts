/** Where a SCIM resource has an attribute (RFC 7644, section 3.10). */
export interface AttributePath {
  /** URN of the extension that it belongs to. */
  readonly schema?: string;
  /** The attribute, and the sub-attribute of a complex one. */
  readonly keys: readonly string[];
}

/** Reads `title`, `name.givenName` and `urn:…:2.0:User:manager.value`. */
export function pathOf(to: string): AttributePath {
  // The last colon: what an extension is called has colons and dots of its own.
  const colon = to.lastIndexOf(':');
  if (colon < 0) return { keys: to.split('.') };
  return { schema: to.slice(0, colon), keys: to.slice(colon + 1).split('.') };
}

/** The keys under which a resource has it. */
export function keysOf(to: string): readonly string[] {
  const { schema, keys } = pathOf(to);
  return schema === undefined ? keys : [schema, ...keys];
}

/** Attributes of which an account can have several; the user's own is the primary one. */
const MULTI_VALUED: ReadonlySet<string> = new Set(['emails', 'phoneNumbers']);

export const isMultiValued = (to: string): boolean => MULTI_VALUED.has(to);

/** What a server shows may be anything; what is no object has no fields. */
export const objectOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
