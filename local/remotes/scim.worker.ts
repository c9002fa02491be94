import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { virtualNow } from '../clock';
import { closeServer, listen } from '../listen';
import { sameText } from '../same-text';
import { AccountStore } from './account-store';
import { RemoteFaults } from './remote-faults';
import { createScimApp } from './scim-app';
import { isGoodToken, type TokenClient } from './token-issuer';
import type { RemoteCommand, RemoteMessage, RemoteRequest, RemoteSettings } from './worker-messages';

const { name, path, manners, clock = { startedAt: 0, scale: 1 }, ...given } = workerData as RemoteSettings;
// With an issuer the last one that was good: what is good now, when a fault asks.
let token = given.token;
let clients = given.issuer?.clients ?? [];
let faulted = 0;
const calls: Record<string, number> = {};
const store = new AccountStore();
const now = () => virtualNow(clock, Date.now());
const faults = new RemoteFaults(now);
const send = (message: RemoteMessage) => parentPort?.postMessage(message);
const app = createScimApp({
  ...{ path, store, faults, now, ...(manners === undefined ? {} : { manners }) },
  ...(given.issuer === undefined ? {} : { issuer: { ...given.issuer, client: clientOf } }),
  isGood,
  kill: () => send({ kill: true }),
  ageMs: (accountId) => store.ageMs(accountId) * clock.scale,
  onCall: (operation) => {
    calls[operation] = (calls[operation] ?? 0) + 1;
  },
  onFault: () => {
    faulted += 1;
  },
});
const server = createServer(app);

function clientOf(id: string, secret: string): TokenClient | undefined {
  return clients.find((one) => one.id !== '' && one.id === id && sameText(one.secret, secret));
}

function isGood(shown: string): boolean {
  const own = clients.find(({ system }) => system === name);
  if (own === undefined) return sameText(shown, token);
  const good = isGoodToken(own, shown, now());
  if (good) token = shown;
  return good;
}

parentPort?.on('message', ({ id, command }: RemoteRequest) => {
  execute(command).then(
    (result) => send({ id, result }),
    (error) => send({ id, error: { code: String(error.code), message: String(error.message) } }),
  );
});

async function execute(command: RemoteCommand): Promise<unknown> {
  if (command.name === 'up') return listen(server, command.port, `the remote system ${name}`);
  if (command.name === 'down') return closeServer(server);
  if (command.name === 'add-fault') return faults.add(command.fault, token);
  if (command.name === 'clear-faults') return faults.clear();
  if (command.name === 'set-token') token = command.token;
  if (command.name === 'set-clients') clients = command.clients;
  if (command.name === 'external-ids') return store.all().flatMap(({ externalId }) => externalId ?? []);
  return { ...store.count(), calls, faulted };
}
