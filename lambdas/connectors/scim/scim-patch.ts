import type { ScimUser } from './scim-mapping';
import type { Resource } from './scim-resource';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of a PATCH (RFC 7644, section 3.5.2). */
export interface Operation {
  readonly op: 'replace';
  readonly path: string;
  readonly value: unknown;
}

export function patchOf(operations: readonly Operation[]): object {
  return { schemas: [PATCH_SCHEMA], Operations: operations };
}

/**
 * What has to be replaced so that the account shows what we want of it, and nothing besides: whatever else somebody
 * keeps in the account stays, and so does what the profile does not say.
 */
export function differences(resource: Resource, wanted: ScimUser): Operation[] {
  const { externalId, userName, displayName, name, emails } = wanted;
  const known = objectOf(resource.name);
  const pairs: [path: string, wanted: string | undefined, shown: unknown][] = [
    ['externalId', externalId, resource.externalId],
    ['userName', userName, resource.userName],
    ['displayName', displayName, resource.displayName],
    ['name.givenName', name?.givenName, known.givenName],
    ['name.familyName', name?.familyName, known.familyName],
  ];
  const replaced = pairs.filter(([, value, shown]) => value !== undefined && value !== shown);
  const operations = replaced.map(([path, value]): Operation => ({ op: 'replace', path, value }));
  const hasEmail = emails === undefined || emails[0].value === primaryOf(resource.emails);
  return hasEmail ? operations : [...operations, { op: 'replace', path: 'emails', value: emails }];
}

function primaryOf(emails: unknown): unknown {
  const list = Array.isArray(emails) ? emails.map(objectOf) : [];
  return (list.find(({ primary }) => primary === true) ?? list[0])?.value;
}

const objectOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
