import { join } from 'node:path';
import type { MappingRule } from '../../../lambdas/connectors/intent/mapping-rule';
import { DIALECTS, type Dialect, written } from '../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../lambdas/connectors/scim/scim-connector';
import { callHttp } from '../../../lambdas/runtime/http';
import { SCIM_RULES } from '../../../lib/connectors/mapping-rules-of';
import { addNamedFault, type Faulty } from '../../../local/faults/add-fault';
import { bundleWorker } from '../../../local/remotes/bundle-worker';
import { type RemoteSystem, startRemoteSystem } from '../../../local/remotes/remote-system';
import type { Manners } from '../../../local/remotes/scim-manners';
import {
  type Contract,
  failing,
  type Kept,
  type Kind,
  Patience,
  type Subject,
  searching,
  unharmedBut,
} from './subject';

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
  const tokens = { current: 'token-0', known: 'token-0' };
  const patience = new Patience();
  const connector = createScimConnector({
    baseUrl: system.url,
    dialect,
    // As secrets are read: what is known, until somebody wants to know it anew.
    token: async (refused) => {
      if (refused !== undefined) tokens.known = tokens.current;
      return tokens.known;
    },
    http: callHttp,
    get timeoutMs() {
      return patience.ms;
    },
    now: Date.now,
  });
  return {
    connector,
    rules,
    ...faultsOf(system, patience),
    accounts: async (externalId) => (await carrying(system, externalId)).map(asKept),
    addForeign: async (userId) => void (await post(system, userId, tokens.current)),
    edit: (accountId, fields) => edit(`${system.url}/Users/${accountId}`, tokens.current, dialect, fields),
    rotate: async () => {
      tokens.current = `${tokens.current}+`;
      await system.setToken(tokens.current);
    },
    stop: system.stop,
  };
}

/** The very switches of the local run. */
function faultsOf(system: RemoteSystem, patience: Patience): Pick<Subject, 'fail' | 'heal'> {
  const functions = { list: () => [{ system: { name: 'system', kind: 'scim' }, environment: {} }] };
  const remotes = { of: () => [system], addFault: system.addFault };
  const faulty = { run: { functions }, remotes } as unknown as Faulty;
  return {
    async fail(fault) {
      patience.lose(fault);
      await addNamedFault(faulty, { ...fault, system: 'system' });
    },
    async heal() {
      patience.regain();
      await system.clearFaults();
    },
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

const UNREADABLE = { fails: 'remote-invalid-answer' } as const;
const unreadable = unharmedBut({
  ...{ find: UNREADABLE, read: UNREADABLE, match: UNREADABLE },
  // That it made the account is all it said.
  create: { gives: { kind: 'created-unnamed' } },
});

const contract: Contract = {
  conflict: failing('remote-unavailable', undefined, {
    ...{ find: UNREADABLE, read: UNREADABLE, match: UNREADABLE },
    ...{ create: { gives: { kind: 'exists' } }, change: { gives: 'exists' } },
  }),
  throttled: failing('remote-throttled', 30_000),
  'throttled-until': failing('remote-throttled', expect.closeTo(30_000, -4)),
  'server-error': failing('remote-unavailable'),
  unavailable: failing('remote-unavailable'),
  unauthorized: failing('remote-unauthorized'),
  'token-expired': failing('remote-unauthorized'),
  reset: failing('remote-unavailable'),
  'reset-after': failing('remote-unavailable'),
  timeout: failing('remote-timeout'),
  'timeout-after': failing('remote-timeout'),
  'error-after': failing('remote-unavailable'),
  'slow-body': failing('remote-timeout'),
  'malformed-json': unreadable,
  'wrong-schema': unreadable,
  'late-search': searching({ gives: { kind: 'none' } }),
  // Of one account that there is, none is shown on this page.
  paging: searching(UNREADABLE),
  'more-results': searching({ gives: { kind: 'many' } }),
  'filter-ignored': searching({ fails: 'filter-ignored' }),
};

export const scimKind: Kind = { start: () => startScim(DIALECTS.rfc), contract };
