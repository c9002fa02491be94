import type { Account, Connector, Found } from '../connector';
import type { Handover } from '../hand-over/handover';
import type { RecordedCall } from './recording-transport';

/** A verb of the port that was called, and what came of it. */
export interface Seen {
  readonly verb: keyof Connector | 'deliver';
  /** Of `match`: the attribute that was asked for. */
  readonly of?: string;
  readonly calls: readonly RecordedCall[];
  /** Of a look-up that was answered. */
  readonly found?: Found;
  /** The account that is about to change. */
  readonly account?: Account;
  readonly error?: unknown;
}

/** Stands for the id that the system would give. */
const NEW_ACCOUNT = '(new)';

/**
 * `way`, noting each verb in `seen`. What was kept instead of sent is taken for done, so that whoever goes on from there
 * goes on as with a system that did it.
 *
 * @param calls what the transport of `way` records
 */
export function observed(way: Connector | Handover, calls: readonly RecordedCall[], seen: Seen[]) {
  const observe = async <T>(
    about: Pick<Seen, 'verb' | 'of' | 'account'>,
    act: () => Promise<T>,
  ): Promise<T> => {
    const before = calls.length;
    try {
      const result = await act();
      seen.push({ ...about, calls: calls.slice(before), ...foundIn(result) });
      return result;
    } catch (error) {
      seen.push({ ...about, calls: calls.slice(before), error });
      throw error;
    }
  };
  const unlessKept = async <T>(act: () => Promise<T>, done: T): Promise<T> => {
    const before = calls.length;
    return act().catch((error) => {
      if (calls.slice(before).some(({ sent }) => !sent)) return done;
      throw error;
    });
  };
  if ('deliver' in way) {
    return {
      deliver: (order) => observe({ verb: 'deliver' }, () => unlessKept(() => way.deliver(order), undefined)),
    } satisfies Handover;
  }
  const { match } = way;
  return {
    find: (request) => observe({ verb: 'find' }, () => way.find(request)),
    read: (accountId, request) => observe({ verb: 'read' }, () => way.read(accountId, request)),
    ...(match !== undefined && {
      match: (trait, request) => observe({ verb: 'match', of: trait.attribute }, () => match(trait, request)),
    }),
    create: (request) =>
      observe({ verb: 'create' }, () =>
        unlessKept(() => way.create(request), { kind: 'created', accountId: NEW_ACCOUNT }),
      ),
    change: (account, request) =>
      observe({ verb: 'change', account }, () => unlessKept(() => way.change(account, request), 'changed')),
    setActive: (account, active) =>
      observe({ verb: 'setActive', account }, () =>
        unlessKept(() => way.setActive(account, active), 'changed'),
      ),
    remove: (account) =>
      observe({ verb: 'remove', account }, () => unlessKept(() => way.remove(account), 'removed')),
  } satisfies Connector;
}

function foundIn(result: unknown): Pick<Seen, 'found'> {
  const { kind } = (result ?? {}) as Partial<Found>;
  return kind === 'none' || kind === 'one' || kind === 'many' ? { found: result as Found } : {};
}
