import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { virtualNow } from '../clock';
import { closeServer, listen } from '../listen';
import { AccountStore } from './account-store';
import { RemoteFaults } from './remote-faults';
import { createScimApp } from './scim-app';
import type { RemoteCommand, RemoteMessage, RemoteRequest, RemoteSettings } from './worker-messages';

const { name, path, manners, clock = { startedAt: 0, scale: 1 }, ...given } = workerData as RemoteSettings;
let token = given.token;
let faulted = 0;
const calls: Record<string, number> = {};
const store = new AccountStore();
const now = () => virtualNow(clock, Date.now());
const faults = new RemoteFaults(now);
const send = (message: RemoteMessage) => parentPort?.postMessage(message);
const app = createScimApp({
  ...{ path, store, faults, now, ...(manners === undefined ? {} : { manners }) },
  token: () => token,
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
// Longer than a client keeps an idle connection, which would otherwise be cut under a request.
server.keepAliveTimeout = 65_000;

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
  return { ...store.count(), calls, faulted };
}
