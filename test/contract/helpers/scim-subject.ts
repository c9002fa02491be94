import { join } from 'node:path';
import type { MappingRule } from '../../../lambdas/connectors/intent/mapping-rule';
import { DIALECTS, type Dialect, written } from '../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../lambdas/connectors/scim/scim-connector';
import { callHttp } from '../../../lambdas/runtime/http';
import { SCIM_RULES } from '../../../lib/connectors/mapping-rules-of';
import { bundleWorker } from '../../../local/remotes/bundle-worker';
import { type RemoteSystem, startRemoteSystem } from '../../../local/remotes/remote-system';
import type { Manners } from '../../../local/remotes/scim-manners';
import { apiContract, UNREADABLE } from './api-contract';
import { RotatingSecret } from './rotating-secret';
import { failing, type Kept, type Kind, Patience, type Subject } from './subject';
import { remoteSwitches } from './switches';

export interface ScimSubject extends Subject {
  /** Somebody in the system writes into an account. */
  edit(accountId: string, fields: object): Promise<void>;
}

/** @param rules what is mapped, where the dialect asks for more than the defaults */
export async function startScim(
  dialect: Dialect,
  rules: readonly MappingRule[] = SCIM_RULES,
): Promise<ScimSubject> {
  const code = await bundleWorker(join(__dirname, '../../../local/remotes/scim.worker.ts'));
  const settings = { name: 'system', path: '/scim/v2', token: 'token-0', manners: dialect as Manners };
  const system = await startRemoteSystem(code, settings, 0, () => undefined);
  const token = new RotatingSecret('token-0', (secret) => system.setToken(secret));
  const patience = new Patience();
  const connector = createScimConnector({
    baseUrl: system.url,
    dialect,
    token: token.read,
    http: callHttp,
    get timeoutMs() {
      return patience.ms;
    },
    now: Date.now,
  });
  return {
    connector,
    rules,
    ...remoteSwitches('scim', system, patience),
    accounts: async (externalId) => (await carrying(system, externalId)).map(asKept),
    addForeign: async (userId) => void (await post(system, userId, token.current)),
    edit: (accountId, fields) => edit(`${system.url}/Users/${accountId}`, token.current, dialect, fields),
    rotate: () => token.rotate(),
    stop: system.stop,
  };
}

interface Resource {
  readonly active?: unknown;
  readonly emails?: readonly { readonly value?: unknown }[];
}

async function carrying({ url }: RemoteSystem, externalId: string): Promise<readonly Resource[]> {
  const filter = encodeURIComponent(`externalId eq ${JSON.stringify(externalId)}`);
  const answer = await fetch(`${url}/Users?filter=${filter}`);
  return ((await answer.json()) as { Resources?: Resource[] }).Resources ?? [];
}

const asKept = ({ emails, active }: Resource): Kept => ({
  email: emails?.[0]?.value,
  active: active !== false,
});

function post({ url }: RemoteSystem, userId: string, token: string): Promise<Response> {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const headers = { 'content-type': 'application/scim+json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ schemas, userName: userId, externalId: `theirs/${userId}`, active: true });
  return fetch(`${url}/Users`, { method: 'POST', headers, body });
}

async function edit(at: string, token: string, dialect: Dialect, fields: object): Promise<void> {
  const account = (await (await fetch(at)).json()) as object;
  const headers = { 'content-type': dialect.mediaType, authorization: `Bearer ${token}` };
  const body = written(dialect, { ...account, ...fields });
  const { status } = await fetch(at, { method: 'PUT', headers, body });
  expect(status).toBe(200);
}

const contract = apiContract(
  failing('remote-unavailable', undefined, {
    ...{ find: UNREADABLE, read: UNREADABLE, match: UNREADABLE },
    ...{ create: { gives: { kind: 'exists' } }, change: { gives: 'exists' } },
  }),
);

export const scimKind: Kind = { start: () => startScim(DIALECTS.rfc), contract };
