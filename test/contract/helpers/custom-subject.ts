import desk, { type TicketDeskSettings } from '../../../examples/systems/ticket-desk';
import standIn from '../../../examples/systems/ticket-desk.local';
import { createCustomConnector } from '../../../lambdas/connectors/custom/custom-connector';
import { callHttp } from '../../../lambdas/runtime/http';
import { startCustomSystem } from '../../../local/remotes/custom/custom-system';
import type { RemoteSystem } from '../../../local/remotes/remote-system';
import { sameNames } from '../../helpers/account-request';
import { apiContract } from './api-contract';
import { RotatingSecret } from './rotating-secret';
import { failing, type Kept, type Kind, Patience, type Subject } from './subject';
import { remoteSwitches } from './switches';

const authorize = (key: string) => ({ 'x-api-key': key });

async function start(): Promise<Subject> {
  const clock = { startedAt: Date.now(), scale: 1 };
  const given = { name: 'system', path: '/api', standIn, authorize, secret: 'key-0', clock };
  const system = await startCustomSystem({ ...given, kill: () => undefined }, 0);
  const key = new RotatingSecret('key-0', (secret) => system.setToken(secret));
  const patience = new Patience();
  const settings: TicketDeskSettings = { team: 'support' };
  const connector = createCustomConnector(desk, {
    baseUrl: system.url,
    settings,
    token: key.read,
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
    ...remoteSwitches('custom', system, patience),
    accounts: (externalId) => keptIn(system, externalId),
    addForeign: async (userId) => {
      const json = { reference: `theirs/${userId}`, suspended: false, profile: { userName: userId } };
      const init = { method: 'POST', headers: authorize(key.current), body: JSON.stringify(json) };
      await fetch(`${system.url}/agents`, init);
    },
    rotate: () => key.rotate(),
    stop: system.stop,
  };
}

async function keptIn({ url }: RemoteSystem, externalId: string): Promise<Kept[]> {
  const answer = await fetch(`${url}/agents?${new URLSearchParams({ reference: externalId })}`);
  const { agents } = (await answer.json()) as {
    agents: { suspended: boolean; profile: { email?: unknown } }[];
  };
  return agents.map(({ profile, suspended }) => ({ email: profile.email, active: !suspended }));
}

const contract = apiContract(
  failing('remote-misconfigured', undefined, {
    ...{ create: { gives: { kind: 'exists' } }, change: { gives: 'exists' } },
    setActive: { fails: 'remote-unavailable' },
  }),
);

export const customKind: Kind = { start, contract };
