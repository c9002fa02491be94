import * as z from 'zod';

/** Attributes of a SCIM User that are texts (RFC 7643, section 4.1); of the last two the primary one. */
const SCIM_ATTRIBUTES = [
  ...(['userName', 'displayName', 'nickName', 'profileUrl', 'title', 'userType'] as const),
  ...(['preferredLanguage', 'locale', 'timezone'] as const),
  ...(['name.formatted', 'name.givenName', 'name.familyName', 'name.middleName'] as const),
  ...(['name.honorificPrefix', 'name.honorificSuffix'] as const),
  ...(['emails', 'phoneNumbers'] as const),
] as const;

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:';
/** Of the enterprise extension (RFC 7643, section 4.3). */
const ENTERPRISE_TEXTS = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'];

/** An attribute that a mapping may set: of the User itself, or of an extension by its URN. */
export type ScimAttribute = (typeof SCIM_ATTRIBUTES)[number] | `urn:${string}:${string}`;

// Those of the core have no URN here, so that there is one way to write each.
const EXTENSION =
  /^urn:(?!ietf:params:scim:(?:schemas:core|api):)[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]+:[A-Za-z][\w$-]*(?:\.[A-Za-z][\w$-]*)?$/;

function isScimAttribute(name: unknown): name is ScimAttribute {
  if (typeof name !== 'string') return false;
  return (SCIM_ATTRIBUTES as readonly string[]).includes(name) || EXTENSION.test(name);
}

export const scimAttribute = z.custom<ScimAttribute>(isScimAttribute, {
  error: `one of ${SCIM_ATTRIBUTES.join(', ')}, or an attribute of an extension, such as ${ENTERPRISE}department. Never id, externalId, schemas, meta, active, password, groups, roles or entitlements`,
});

/** True when a server takes nothing but a text there. */
export function isScimText(name: string): boolean {
  return (
    (SCIM_ATTRIBUTES as readonly string[]).includes(name) ||
    ENTERPRISE_TEXTS.some((text) => name === `${ENTERPRISE}${text}`)
  );
}
