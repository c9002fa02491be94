import { type ClockFace, virtualNow } from '../../clock';
import { AccountStore } from '../account-store';
import { type RemoteFault, RemoteFaults } from '../remote-faults';
import { startRemoteServer } from '../remote-server';
import type { RemoteSystem } from '../remote-system';
import { createCustomApp } from './custom-app';
import type { StandIn } from './stand-in';

export interface CustomSystemOptions {
  readonly name: string;
  readonly path: string;
  readonly standIn: StandIn;
  /** The headers that the connector makes of a secret. */
  readonly authorize: (secret: string) => Readonly<Record<string, string>>;
  /** The secret that is good in the beginning. */
  readonly secret: string;
  readonly clock: ClockFace;
  readonly kill: () => void;
}

/** Starts what stands in for a team's system. */
export async function startCustomSystem(
  { name, path, standIn, authorize, clock, kill, ...given }: CustomSystemOptions,
  firstPort: number,
): Promise<RemoteSystem> {
  let { secret } = given;
  let faulted = 0;
  const calls: Record<string, number> = {};
  const now = () => virtualNow(clock, Date.now());
  const store = new AccountStore();
  const faults = new RemoteFaults(now);
  const credentials = () => headersOf(authorize, secret);
  const app = createCustomApp({
    ...{ path, standIn, store, faults, kill, now, credentials },
    ageMs: (accountId) => store.ageMs(accountId) * clock.scale,
    onCall: (operation) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
    onFault: () => {
      faulted += 1;
    },
  });
  const server = await startRemoteServer({ name, path }, app, firstPort);
  return Object.assign(server, {
    addFault: async (fault: RemoteFault) => faults.add(fault, JSON.stringify(Object.values(credentials()))),
    clearFaults: async () => faults.clear(),
    setToken: async (text: string) => {
      secret = text;
    },
    count: async () => ({ ...store.count(), calls, faulted }),
  });
}

// A secret of another form than the connector takes is nobody's.
function headersOf(authorize: CustomSystemOptions['authorize'], secret: string) {
  try {
    return authorize(secret);
  } catch {
    return {};
  }
}
