import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { closeServer, listen } from '../listen';
import { AccountStore } from './account-store';
import { RemoteFaults } from './remote-faults';
import { createScimApp } from './scim-app';
import type { RemoteCommand, RemoteMessage, RemoteRequest, RemoteSettings } from './worker-messages';

const { name, path, token } = workerData as RemoteSettings;
const store = new AccountStore();
const faults = new RemoteFaults();
const send = (message: RemoteMessage) => parentPort?.postMessage(message);
const app = createScimApp({ path, token, store, faults, kill: () => send({ kill: true }) });
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
  if (command.name === 'add-fault') return faults.add(command.fault);
  if (command.name === 'clear-faults') return faults.clear();
  return store.count();
}
