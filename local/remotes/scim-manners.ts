import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response } from 'express';

/** In what the server differs from the RFCs, in the words of the configuration. */
export interface Manners {
  readonly patch: 'with-path' | 'without-path' | 'put';
  readonly filter: 'any' | readonly string[];
  readonly booleans: 'json' | 'True' | 'true';
  readonly mediaType: string;
  readonly maxResults?: number;
  readonly valueType?: string;
  readonly removal: 'delete' | 'disable';
}

interface Refusal {
  readonly status: number;
  readonly scimType?: string;
}

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';
const BODIES = ['POST', 'PUT', 'PATCH'];

/**
 * Makes a server of the RFCs one that understands its own dialect alone: what such a server would not take is refused,
 * however good it is. Who only looks, without a token, is not bothered.
 */
export function createManners(manners: Manners): RequestHandler[] {
  const types = ['application/json', 'application/scim+json'];
  return [
    express.json({ type: types }),
    (request, response, next) => {
      if (request.headers.authorization === undefined) return next();
      const refusal = refusalOf(manners, request);
      if (refusal !== undefined) return refuse(response, refusal);
      if (BODIES.includes(request.method))
        request.body = withPaths(mapped(request.body, (value, key) => read(manners, value, key)));
      onJson(response, (answer) => shown(manners, answer));
      next();
    },
  ];
}

/** The version of an account; a write that is meant for another one is refused. */
export function createVersions(current: (accountId: string) => object | undefined): RequestHandler {
  const etagOf = (account: object) =>
    `W/"${createHash('sha256').update(JSON.stringify(account)).digest('hex').slice(0, 16)}"`;
  return (request, response, next) => {
    const account = current(decodeURIComponent(request.path.split('/')[2] ?? ''));
    if (account === undefined) return next();
    const given = request.headers['if-match'];
    if (given !== undefined && given !== etagOf(account)) return refuse(response, { status: 412 });
    if (request.method === 'GET') response.setHeader('ETag', etagOf(account));
    next();
  };
}

function refusalOf(manners: Manners, request: Request): Refusal | undefined {
  const { method, headers, body, query } = request;
  // A server of the RFCs takes both (RFC 7644, section 3.1).
  const isTaken = manners.mediaType !== 'application/json' || headers['content-type'] === manners.mediaType;
  if (BODIES.includes(method) && !isTaken) return { status: 415 };
  if (method === 'DELETE' && manners.removal === 'disable') return { status: 405 };
  if (method === 'PATCH' && !takesPatch(manners, body))
    return { status: manners.patch === 'put' ? 405 : 400 };
  if (BODIES.includes(method) && !takesValues(manners, body))
    return { status: 400, scimType: 'invalidValue' };
  return takesFilter(manners, query.filter) ? undefined : { status: 400, scimType: 'invalidFilter' };
}

function takesPatch({ patch }: Manners, body: { Operations?: readonly { path?: unknown }[] }): boolean {
  if (patch === 'put') return false;
  return (body.Operations ?? []).every(({ path }) => (path !== undefined) === (patch === 'with-path'));
}

function takesValues({ booleans, valueType }: Manners, body: unknown): boolean {
  let isFine = true;
  mapped(body, (value) => {
    if (booleans !== 'json' && typeof value === 'boolean') isFine = false;
    return value;
  });
  const { emails } = (body ?? {}) as { emails?: unknown };
  const isTyped = (entry: { type?: unknown }) => entry.type === valueType;
  return isFine && (valueType === undefined || !Array.isArray(emails) || emails.every(isTyped));
}

function takesFilter({ filter }: Manners, asked: unknown): boolean {
  if (filter === 'any' || typeof asked !== 'string') return true;
  return filter.some((attribute) => asked.startsWith(`${attribute} eq `));
}

/** Attributes of a User that are truth values. */
const FLAGS = ['active', 'primary'];

function read({ booleans }: Manners, value: unknown, key: string | undefined): unknown {
  const isFlag = booleans !== 'json' && key !== undefined && FLAGS.includes(key);
  return isFlag ? `${value}`.toLowerCase() === 'true' : value;
}

interface Patch {
  readonly Operations?: readonly {
    readonly op?: unknown;
    readonly path?: unknown;
    readonly value?: unknown;
  }[];
}

// SCIMMY adds the members of a list to those that are there when an operation has no path, and RFC 7644 replaces them.
function withPaths(body: unknown): unknown {
  const { Operations } = (body ?? {}) as Patch;
  if (Operations === undefined) return body;
  const split = Operations.flatMap(({ op, path, value }) => {
    if (path !== undefined || typeof value !== 'object' || value === null) return [{ op, path, value }];
    return Object.entries(value).flatMap(([name, one]) => operationsAt(name, one));
  });
  return { ...(body as object), Operations: split };
}

function operationsAt(path: string, value: unknown): object[] {
  // An extension has no value of its own.
  if (path.startsWith('urn:')) {
    return Object.entries(value ?? {}).flatMap(([name, one]) => operationsAt(`${path}:${name}`, one));
  }
  const isNone = value === null || (Array.isArray(value) && value.length === 0);
  return [isNone ? { op: 'remove', path } : { op: 'replace', path, value }];
}

function shown({ booleans, maxResults }: Manners, answer: unknown): unknown {
  const list = answer as { Resources?: readonly unknown[] };
  const cut =
    maxResults === undefined || list.Resources === undefined
      ? answer
      : { ...list, Resources: list.Resources.slice(0, maxResults) };
  const asText = (flag: boolean) => (booleans === 'True' ? (flag ? 'True' : 'False') : `${flag}`);
  return booleans === 'json'
    ? cut
    : mapped(cut, (value) => (typeof value === 'boolean' ? asText(value) : value));
}

/** The same with every value, at whatever depth, as `change` has it. An operation's value has the name of its path. */
function mapped(value: unknown, change: (value: unknown, key?: string) => unknown, key?: string): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, key));
  if (typeof value !== 'object' || value === null) return change(value, key);
  const { path } = value as { path?: unknown };
  const named = (name: string) => (name === 'value' && typeof path === 'string' ? path : name);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mapped(one, change, named(name))]),
  );
}

function onJson(response: Response, change: (answer: unknown) => unknown): void {
  const send = response.send.bind(response);
  response.send = (body) => {
    response.send = send;
    return send(typeof body === 'string' && body !== '' ? JSON.stringify(change(JSON.parse(body))) : body);
  };
}

function refuse(response: Response, { status, scimType }: Refusal): void {
  const body = {
    schemas: [ERROR_SCHEMA],
    status: `${status}`,
    ...(scimType === undefined ? {} : { scimType }),
  };
  response.status(status).type('application/scim+json').send(JSON.stringify(body));
}
