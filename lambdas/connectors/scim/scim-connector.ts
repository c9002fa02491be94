import {
  type Account,
  type AccountRequest,
  type Changed,
  type Connector,
  type Created,
  RetryableError,
  type Switched,
} from '../connector';
import { callScim, type ScimAnswer, type ScimClientDeps } from './scim-client';
import { findByExternalId } from './scim-find';
import { toScimUser } from './scim-mapping';
import { matchByTrait } from './scim-match';
import { differences, type Operation, patchOf } from './scim-patch';
import { accountIdOf, accountOf, isActive, type Resource } from './scim-resource';

/** A system that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
export function createScimConnector(deps: ScimClientDeps): Connector {
  return {
    find: (request) => findByExternalId(deps, request.externalId),
    read: (accountId, request) => read(deps, accountId, request),
    match: (trait, request) => matchByTrait(deps, trait, request),
    create: (request) => create(deps, request),
    change: (account, request) => patch(deps, account, differences(snapshotOf(account), request)),
    setActive: (account, active) => setActive(deps, account, active),
    remove: (account) => remove(deps, account),
  };
}

const pathOf = (accountId: string) => `/Users/${encodeURIComponent(accountId)}`;
const snapshotOf = ({ snapshot }: Account) => snapshot as Resource;

async function read(deps: ScimClientDeps, accountId: string, { externalId }: AccountRequest) {
  const call = { method: 'GET', path: pathOf(accountId), ofAccount: true } as const;
  const { status, json } = await callScim(deps, call);
  if (status === 404) return { kind: 'none' } as const;
  const account = accountOf(json, externalId);
  // Some servers answer a question for one id with a list or with somebody else.
  if (account?.accountId !== accountId) throw new RetryableError('remote-invalid-answer');
  return { kind: 'one', account } as const;
}

async function create(deps: ScimClientDeps, request: AccountRequest): Promise<Created> {
  const { status, json } = await callScim(deps, {
    method: 'POST',
    path: '/Users',
    body: toScimUser(request),
  });
  if (status === 409) return { kind: 'exists' };
  const accountId = accountIdOf(json);
  return accountId === undefined ? { kind: 'created-unnamed' } : { kind: 'created', accountId };
}

async function setActive(deps: ScimClientDeps, account: Account, active: boolean): Promise<Switched> {
  if (isActive(snapshotOf(account)) === active) return 'unchanged';
  const changed = await patch(deps, account, [{ op: 'replace', path: 'active', value: active }]);
  // A conflict is no switching: the account is as it was.
  if (changed === 'exists') throw new RetryableError('remote-unavailable');
  return changed;
}

async function patch(
  deps: ScimClientDeps,
  { accountId }: Account,
  operations: Operation[],
): Promise<Changed> {
  if (operations.length === 0) return 'unchanged';
  const body = patchOf(operations);
  const call = { method: 'PATCH', path: pathOf(accountId), body, ofAccount: true } as const;
  return changedBy(await callScim(deps, call));
}

function changedBy({ status }: ScimAnswer): Changed {
  if (status === 404) return 'gone';
  return status === 409 ? 'exists' : 'changed';
}

async function remove(deps: ScimClientDeps, { accountId }: Account): Promise<'removed' | 'gone'> {
  const call = { method: 'DELETE', path: pathOf(accountId), ofAccount: true } as const;
  const { status } = await callScim(deps, call);
  // A conflict is no removal: something in the system still needs the account.
  if (status === 409) throw new RetryableError('remote-unavailable');
  return status === 404 ? 'gone' : 'removed';
}
