import desk, { type TicketDeskSettings } from '../../../examples/systems/ticket-desk';
import standIn from '../../../examples/systems/ticket-desk.local';
import { createCustomConnector } from '../../../lambdas/connectors/custom/custom-connector';
import { callHttp } from '../../../lambdas/runtime/http';
import { addNamedFault, type Faulty } from '../../../local/faults/add-fault';
import { startCustomSystem } from '../../../local/remotes/custom/custom-system';
import type { RemoteSystem } from '../../../local/remotes/remote-system';
import { sameNames } from '../../helpers/account-request';
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

const authorize = (key: string) => ({ 'x-api-key': key });

async function start(): Promise<Subject> {
  const clock = { startedAt: Date.now(), scale: 1 };
  const given = { name: 'system', path: '/api', standIn, authorize, secret: 'key-0', clock };
  const system = await startCustomSystem({ ...given, kill: () => undefined }, 0);
  const keys = { current: 'key-0', known: 'key-0' };
  const patience = new Patience();
  const settings: TicketDeskSettings = { team: 'support' };
  const connector = createCustomConnector(desk, {
    baseUrl: system.url,
    settings,
    token: async (refused) => {
      if (refused !== undefined) keys.known = keys.current;
      return keys.known;
    },
    http: callHttp,
    get timeoutMs() {
      return patience.ms;
    },
    get verbMs() {
      return patience.ms;
    },
    now: Date.now,
    onDefect: (verb, error) => {
      throw new Error(`${verb} of the example is wrong: ${error}`);
    },
  });
  return {
    connector,
    rules: sameNames('email', 'userName').map((rule) =>
      rule.to === 'userName' ? { ...rule, from: ['username'] } : rule,
    ),
    ...faultsOf(system, patience),
    accounts: (externalId) => keptIn(system, externalId),
    addForeign: async (userId) => {
      const json = { reference: `theirs/${userId}`, suspended: false, profile: { userName: userId } };
      const init = { method: 'POST', headers: authorize(keys.current), body: JSON.stringify(json) };
      await fetch(`${system.url}/agents`, init);
    },
    rotate: async () => {
      keys.current = `${keys.current}+`;
      await system.setToken(keys.current);
    },
    stop: system.stop,
  };
}

/** The very switches of the local run. */
function faultsOf(system: RemoteSystem, patience: Patience): Pick<Subject, 'fail' | 'heal'> {
  const functions = { list: () => [{ system: { name: 'system', kind: 'custom' }, environment: {} }] };
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

async function keptIn({ url }: RemoteSystem, externalId: string): Promise<Kept[]> {
  const answer = await fetch(`${url}/agents?${new URLSearchParams({ reference: externalId })}`);
  const { agents } = (await answer.json()) as {
    agents: { suspended: boolean; profile: { email?: unknown } }[];
  };
  return agents.map(({ profile, suspended }) => ({ email: profile.email, active: !suspended }));
}

const UNREADABLE = { fails: 'remote-invalid-answer' } as const;
const unreadable = unharmedBut({
  ...{ find: UNREADABLE, read: UNREADABLE, match: UNREADABLE },
  // That it made the account is all it said.
  create: { gives: { kind: 'created-unnamed' } },
});

const contract: Contract = {
  conflict: failing('remote-misconfigured', undefined, {
    ...{ create: { gives: { kind: 'exists' } }, change: { gives: 'exists' } },
    setActive: { fails: 'remote-unavailable' },
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

export const customKind: Kind = { start, contract };
