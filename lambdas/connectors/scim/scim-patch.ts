import { isDeepStrictEqual } from 'node:util';
import { type Change, changesOf } from '../changes-of';
import type { AccountRequest } from '../connector';
import { primaryOf, scimValue, shownBy } from './scim-mapping';
import { isMultiValued } from './scim-path';
import type { Resource } from './scim-resource';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of a PATCH (RFC 7644, section 3.5.2). */
export type Operation =
  | { readonly op: 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export function patchOf(operations: readonly Operation[]): object {
  return { schemas: [PATCH_SCHEMA], Operations: operations };
}

/**
 * What has to be replaced or removed so that the account shows what we want of it, and nothing besides: whatever else
 * somebody keeps in the account stays, and so does what the event does not say.
 */
export function differences(resource: Resource, { externalId, attributes }: AccountRequest): Operation[] {
  const changes = changesOf(attributes, (to) => shownBy(resource, to));
  const operations = changes.map((change) => operationOf(resource, change));
  const isOurs = resource.externalId === externalId;
  return isOurs ? operations : [{ op: 'replace', path: 'externalId', value: externalId }, ...operations];
}

function operationOf(resource: Resource, { to, value }: Change): Operation {
  if (value !== undefined) return { op: 'replace', path: to, value: scimValue(to, value) };
  const others = isMultiValued(to) ? withoutPrimary(resource[to]) : [];
  return others.length > 0 ? { op: 'replace', path: to, value: others } : { op: 'remove', path: to };
}

function withoutPrimary(entries: unknown): unknown[] {
  const primary = primaryOf(entries);
  const list: unknown[] = Array.isArray(entries) ? entries : [];
  return list.filter((entry) => !isDeepStrictEqual(entry, primary));
}
