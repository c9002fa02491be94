import { type HandedAccount, HandoverStore, type Told } from './handover-store';
import { RemoteFaults } from './remote-faults';
import type { RemoteSystem } from './remote-system';

export interface ToldSystemOptions {
  /** Virtual epoch ms. */
  readonly now: () => number;
  /** Says which account was made; absent where nobody wants to know. */
  readonly signOff?: (told: Told, account: HandedAccount) => Promise<void>;
}

/** What every system that is told has, by whichever way it is: its accounts, its faults, and its word for what it made. */
export interface ToldSystem {
  readonly store: HandoverStore;
  readonly faults: RemoteFaults;
  /** Told of every call of a connector, such as `POST /accounts`. */
  readonly onCall: (operation: string) => void;
  /** Told of every call that a fault hits. */
  readonly onFault: () => void;
  /** Called once a message was taken. */
  readonly onTold: (told: Told) => void;
  readonly switches: Pick<RemoteSystem, 'signOff' | 'addFault' | 'clearFaults' | 'setToken' | 'count'>;
}

export function createToldSystem({ now, signOff }: ToldSystemOptions): ToldSystem {
  const [store, faults] = [new HandoverStore(), new RemoteFaults(now)];
  const calls: Record<string, number> = {};
  let faulted = 0;
  let signsOff = true;
  return {
    ...{ store, faults },
    onCall: (operation) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
    onFault: () => {
      faulted += 1;
    },
    onTold: (told) => {
      const account = told.data.wanted === 'disabled' ? undefined : store.accountOf(told);
      // Also of what it was told before: the first word may have been lost.
      if (account !== undefined && signsOff) void signOff?.(told, account).catch(() => undefined);
    },
    switches: {
      signOff: (isOn) => {
        signsOff = isOn;
      },
      addFault: async (fault) => faults.add(fault, ''),
      clearFaults: async () => faults.clear(),
      // It looks its secret up whenever it checks a signature, or has none.
      setToken: async () => undefined,
      count: async () => ({ ...store.count(), calls, faulted }),
    },
  };
}
