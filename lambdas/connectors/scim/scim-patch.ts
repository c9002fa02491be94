import { isDeepStrictEqual } from 'node:util';
import type { AccountRequest } from '../connector';
import { type Change, changesOf } from '../intent/changes-of';
import type { Dialect } from './dialect';
import { type Fields, place, primaryOf, scimValue, shownBy } from './scim-mapping';
import { isMultiValued, keysOf, objectOf, pathOf } from './scim-path';
import type { Resource } from './scim-resource';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of a PATCH (RFC 7644, section 3.5.2). */
export type Operation =
  | { readonly op: 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export function patchOf(operations: readonly object[]): object {
  return { schemas: [PATCH_SCHEMA], Operations: operations };
}

/**
 * What has to be replaced or removed so that the account shows what we want of it, and nothing besides: whatever else
 * somebody keeps in the account stays, and so does what the event does not say.
 */
export function differences(
  resource: Resource,
  { externalId, attributes }: AccountRequest,
  dialect: Dialect,
): Operation[] {
  const wanted = new Map(attributes.map((one) => [one.to, one.act === 'set' ? one.value : undefined]));
  const changes = changesOf(attributes, (to) => sameAs(wanted.get(to), shownBy(resource, to)));
  const operations = changes.map((change) => operationOf(resource, change, dialect));
  const isOurs = resource.externalId === externalId;
  return isOurs ? operations : [{ op: 'replace', path: 'externalId', value: externalId }, ...operations];
}

// Some servers show truth values as texts, and would be sent the same again and again.
export function sameAs(wanted: unknown, shown: unknown): unknown {
  return typeof wanted === 'boolean' && `${shown}`.toLowerCase() === `${wanted}` ? wanted : shown;
}

function operationOf(resource: Resource, { to, value }: Change, dialect: Dialect): Operation {
  if (value !== undefined) return { op: 'replace', path: to, value: scimValue(to, value, dialect) };
  const others = isMultiValued(to) ? withoutPrimary(resource[to]) : [];
  return others.length > 0 ? { op: 'replace', path: to, value: others } : { op: 'remove', path: to };
}

function withoutPrimary(entries: unknown): unknown[] {
  const primary = primaryOf(entries);
  const list: unknown[] = Array.isArray(entries) ? entries : [];
  return list.filter((entry) => !isDeepStrictEqual(entry, primary));
}

/**
 * The same as one operation whose value is what changes (RFC 7644, section 3.5.2.3). What has parts is sent with those
 * that stay, for servers that take it for the whole, and what is to go as a value that means none (RFC 7643, section 2.5).
 */
export function operationWithout(resource: Resource, operations: readonly Operation[]): object {
  const emptied = operations.reduce<Fields>(
    (fields, operation) => place(fields, keysOf(operation.path), worthOf(operation)),
    resource,
  );
  const names = operations.map(({ path }) => keysOf(path)[0] ?? path);
  return { op: 'replace', value: Object.fromEntries(names.map((name) => [name, emptied[name]])) };
}

function worthOf(operation: Operation): unknown {
  if (operation.op === 'replace') return operation.value;
  return isMultiValued(operation.path) ? [] : null;
}

/** The resource as it is once the operations are done, without what is the server's own (RFC 7643, section 3.1). */
export function applied(resource: Resource, operations: readonly Operation[]): Fields {
  const { meta: _meta, groups: _groups, ...rest } = resource;
  return operations.reduce<Fields>(
    (fields, operation) =>
      operation.op === 'replace'
        ? place(fields, keysOf(operation.path), operation.value)
        : without(fields, keysOf(operation.path)),
    rest,
  );
}

function without(fields: Fields, [key = '', ...rest]: readonly string[]): Fields {
  const { [key]: inner, ...others } = fields;
  return rest.length === 0 ? others : { ...others, [key]: without(objectOf(inner), rest) };
}

/** The resource, which names the extensions that it has something of. */
export function mentioned(resource: Fields, operations: readonly Operation[]): Fields {
  const known: unknown[] = Array.isArray(resource.schemas) ? resource.schemas : [];
  const extensions = operations.flatMap(({ path }) => pathOf(path).schema ?? []);
  return { ...resource, schemas: [...new Set([...known, ...extensions])] };
}
