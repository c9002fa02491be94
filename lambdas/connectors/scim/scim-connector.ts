import {
  type Account,
  type AccountRequest,
  type Connector,
  type Created,
  RejectedError,
  RetryableError,
  type Switched,
} from '../connector';
import { changeAccount, pathOfAccount } from './scim-change';
import { callScim, type ScimClientDeps } from './scim-client';
import { findByExternalId } from './scim-find';
import { toScimUser } from './scim-mapping';
import { matchByTrait } from './scim-match';
import { differences } from './scim-patch';
import { accountIdOf, accountOf, isActive } from './scim-resource';

/** A system that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
export function createScimConnector(deps: ScimClientDeps): Connector {
  return {
    find: (request) => findByExternalId(deps, request),
    read: (accountId, request) => read(deps, accountId, request),
    match: (trait, request) => matchByTrait(deps, trait, request),
    create: (request) => create(deps, request),
    change: (account, request) =>
      changeAccount(deps, account, (resource) => differences(resource, request, deps.dialect)),
    setActive: (account, active) => setActive(deps, account, active),
    remove: (account) => remove(deps, account),
  };
}

async function read(deps: ScimClientDeps, accountId: string, { externalId }: AccountRequest) {
  const call = { method: 'GET', path: pathOfAccount(accountId), ofAccount: true } as const;
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
    body: toScimUser(request, deps.dialect),
  });
  if (status === 409) return { kind: 'exists' };
  const accountId = accountIdOf(json);
  return accountId === undefined ? { kind: 'created-unnamed' } : { kind: 'created', accountId };
}

async function setActive(deps: ScimClientDeps, account: Account, active: boolean): Promise<Switched> {
  const changed = await changeAccount(deps, account, (resource) =>
    isActive(resource) === active ? [] : [{ op: 'replace', path: 'active', value: active }],
  );
  // A conflict is no switching: the account is as it was.
  if (changed === 'exists') throw new RetryableError('remote-unavailable');
  return changed;
}

async function remove(deps: ScimClientDeps, account: Account): Promise<'removed' | 'gone'> {
  if (deps.dialect.removal === 'disable') {
    // As far as one can go. That it is not gone, somebody has to know.
    if ((await setActive(deps, account, false)) === 'gone') return 'gone';
    throw new RejectedError('removal-unsupported');
  }
  const call = { method: 'DELETE', path: pathOfAccount(account.accountId), ofAccount: true } as const;
  const { status } = await callScim(deps, call);
  // A conflict is no removal: something in the system still needs the account.
  if (status === 409) throw new RetryableError('remote-unavailable');
  return status === 404 ? 'gone' : 'removed';
}
