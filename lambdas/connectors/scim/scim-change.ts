import { type Account, type Changed, RetryableError } from '../connector';
import type { Dialect } from './dialect';
import { callScim, type ScimAnswer, type ScimClientDeps } from './scim-client';
import { applied, mentioned, type Operation, operationWithout, patchOf } from './scim-patch';
import type { Resource } from './scim-resource';

/** What a resource needs so that it is as we want it. */
export type Wanted = (resource: Resource) => readonly Operation[];

type Write = (deps: ScimClientDeps, account: Account, wanted: Wanted) => Promise<Changed>;

export const pathOfAccount = (accountId: string) => `/Users/${encodeURIComponent(accountId)}`;
const snapshotOf = ({ snapshot }: Account) => snapshot as Resource;

const WRITES: { readonly [P in Dialect['patch']]: Write } = {
  'with-path': (deps, account, wanted) => {
    const operations = wanted(snapshotOf(account));
    return patch(deps, account, operations, operations);
  },
  'without-path': (deps, account, wanted) => {
    const resource = snapshotOf(account);
    const operations = wanted(resource);
    return patch(deps, account, operations, [operationWithout(resource, operations)]);
  },
  put,
};

/** Brings an account to what is wanted, and sends nothing when it is there. */
export const changeAccount: Write = (deps, account, wanted) =>
  WRITES[deps.dialect.patch](deps, account, wanted);

async function patch(
  deps: ScimClientDeps,
  { accountId }: Account,
  needed: readonly Operation[],
  sent: readonly object[],
): Promise<Changed> {
  if (needed.length === 0) return 'unchanged';
  const call = { method: 'PATCH', path: pathOfAccount(accountId), ofAccount: true } as const;
  return changedBy(await callScim(deps, { ...call, body: patchOf(sent) }));
}

/**
 * Sends the whole resource, so that what somebody else keeps in it stays. It is read again just before: what a search
 * showed comes from an index, and may be older than what others wrote meanwhile.
 */
async function put(deps: ScimClientDeps, account: Account, wanted: Wanted): Promise<Changed> {
  const call = { path: pathOfAccount(account.accountId), ofAccount: true } as const;
  const { status, json, etag } = await callScim(deps, { ...call, method: 'GET' });
  if (status === 404) return 'gone';
  const resource = (json ?? {}) as Resource;
  if (resource.id !== account.accountId) throw new RetryableError('remote-invalid-answer');
  // It became somebody else's since we looked whose it is.
  if (resource.externalId !== snapshotOf(account).externalId) throw new RetryableError('remote-unavailable');
  const operations = wanted(resource);
  if (operations.length === 0) return 'unchanged';
  const body = mentioned(applied(resource, operations), operations);
  const ifMatch = etag ?? versionOf(resource);
  return changedBy(await callScim(deps, { ...call, method: 'PUT', body, ifMatch }));
}

// A resource shows the version that the header has, or shows it where there is no header (RFC 7644, section 3.14).
function versionOf({ meta }: Resource): string | undefined {
  const version = (meta as { version?: unknown } | null | undefined)?.version;
  return typeof version === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(version)
    ? version
    : undefined;
}

function changedBy({ status }: ScimAnswer): Changed {
  if (status === 404) return 'gone';
  return status === 409 ? 'exists' : 'changed';
}
