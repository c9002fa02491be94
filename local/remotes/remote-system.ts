import { Worker } from 'node:worker_threads';
import { LocalError } from '../local-error';
import type { RemoteFault } from './remote-faults';
import type { TokenClient } from './token-issuer';
import type { RemoteCommand, RemoteCount, RemoteMessage, RemoteSettings } from './worker-messages';

/** One remote system: a SCIM server in a thread of its own. */
export interface RemoteSystem {
  readonly name: string;
  /** Address of its SCIM endpoint, such as `http://127.0.0.1:4000/scim/v2`. */
  readonly url: string;
  readonly isUp: boolean;
  up(): Promise<void>;
  /** Refuses connections from now on and drops those that are open; accounts stay. */
  down(): Promise<void>;
  addFault(fault: RemoteFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Gives the system another bearer token. */
  setToken(token: string): Promise<void>;
  /** Tells its token endpoint which clients there are; absent where there is no such endpoint. */
  setClients?(clients: readonly TokenClient[]): Promise<void>;
  /** Whether it says which accounts it made; absent where it is asked. */
  signOff?(isOn: boolean): void;
  count(): Promise<RemoteCount>;
  /** Of all its accounts; absent of a kind that has no instances. */
  externalIds?(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts the server; `kill` ends the instances of the connector that calls it. */
export async function startRemoteSystem(
  code: string,
  settings: RemoteSettings,
  firstPort: number,
  kill: () => void,
): Promise<RemoteSystem> {
  const worker = new Worker(code, { eval: true, execArgv: [], workerData: settings });
  const ask = connect(worker, kill);
  const port = Number(await ask({ name: 'up', port: firstPort }).catch((error) => endWith(worker, error)));
  let isUp = true;
  return {
    name: settings.name,
    url: `http://127.0.0.1:${port}${settings.path}`,
    get isUp() {
      return isUp;
    },
    async up() {
      if (!isUp) await ask({ name: 'up', port });
      isUp = true;
    },
    async down() {
      if (isUp) await ask({ name: 'down' });
      isUp = false;
    },
    addFault: async (fault) => void (await ask({ name: 'add-fault', fault })),
    clearFaults: async () => void (await ask({ name: 'clear-faults' })),
    setToken: async (token) => void (await ask({ name: 'set-token', token })),
    ...(settings.issuer !== undefined && {
      setClients: async (clients: readonly TokenClient[]) =>
        void (await ask({ name: 'set-clients', clients })),
    }),
    count: async () => (await ask({ name: 'count' })) as RemoteCount,
    externalIds: async () => (await ask({ name: 'external-ids' })) as string[],
    stop: async () => void (await worker.terminate()),
  };
}

async function endWith(worker: Worker, error: unknown): Promise<never> {
  await worker.terminate();
  throw error;
}

type Ask = (command: RemoteCommand) => Promise<unknown>;

function connect(worker: Worker, kill: () => void): Ask {
  const waiting = new Map<number, (message: RemoteMessage) => void>();
  let lastId = 0;
  worker.on('message', (message: RemoteMessage) => {
    if ('kill' in message) kill();
    else waiting.get(message.id)?.(message);
  });
  return (command) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      worker.once('error', reject);
      waiting.set(id, (message) => {
        worker.off('error', reject);
        waiting.delete(id);
        if (!('id' in message)) return;
        if (message.error) reject(new LocalError(message.error.code, message.error.message));
        else resolve(message.result);
      });
      worker.postMessage({ id, command });
    });
}
