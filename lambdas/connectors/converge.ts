import type { Creation, Ownership } from '../../events/link-state';
import type { Work } from '../user-links/decide';
import {
  type Account,
  type AccountRequest,
  type Connector,
  type Created,
  OutcomeUnknownError,
  RejectedError,
  RetryableError,
} from './connector';

/** What is known before a system is brought to what a link wants. */
export interface Circumstances {
  /** The account of the link, if it has one. */
  readonly accountId?: string;
  readonly ownership?: Ownership;
  /** What is known of an earlier create; absent when none can have reached the system. */
  readonly creation?: Creation;
  /** An unsigned event may create an account and never adopt one. */
  readonly unsigned: boolean;
  /** True when the event carries every attribute, so that the account may be changed to show them. */
  readonly complete: boolean;
}

/** How it stands after the work: an account in the wanted state, none, or one that somebody has to decide about. */
export type Converged =
  | {
      readonly kind: 'account';
      readonly accountId: string;
      readonly ownership: Ownership;
      /** True for an account that was made just now, and shows nothing but what it was made of. */
      readonly isNew?: true;
    }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'held';
      readonly code: 'conflict' | 'ambiguous';
      /** The account, where it is certainly ours and only cannot be brought to what is wanted. */
      readonly account?: { readonly accountId: string; readonly ownership: Ownership };
    };

type Located =
  | { readonly kind: 'account'; readonly account: Account; readonly ownership: Ownership }
  | Exclude<Converged, { readonly kind: 'account' }>;

/** Brings a system to what the link wants of it. Works on from wherever an earlier attempt ended. */
export async function converge(
  connector: Connector,
  request: AccountRequest,
  work: Work,
  circumstances: Circumstances,
): Promise<Converged> {
  const located = await locate(connector, request, circumstances);
  if (located.kind === 'held') return located;
  if (work === 'present' || work === 'enabled') {
    if (located.kind === 'none') return makeAccount(connector, request, work, circumstances);
    return adjust(connector, request, located, { ...circumstances, enable: work === 'enabled' });
  }
  if (located.kind === 'none') {
    // The system made it and does not show it yet: nobody would come back to the account once it does.
    if (circumstances.creation === 'confirmed') throw unseen();
    return located;
  }
  const { account, ownership } = located;
  const end = work === 'absent' ? connector.remove(account) : connector.setActive(account, false);
  const result = await unlessUnknown(end);
  if (result === 'gone' || result === 'removed') return { kind: 'none' };
  return { kind: 'account', accountId: account.accountId, ownership };
}

/** Finds the account of the link: by its id, or by our externalId. Equality of the externalId alone adopts. */
async function locate(
  connector: Connector,
  request: AccountRequest,
  { accountId, ownership, creation, unsigned }: Circumstances,
): Promise<Located> {
  const known = accountId === undefined ? undefined : await connector.read(accountId, request);
  // Systems answer a question for an id from what was written, and a search from an index that comes after it.
  const found = known?.kind === 'one' ? known : await connector.find(request);
  if (found.kind === 'none') return { kind: 'none' };
  if (found.kind === 'many') return { kind: 'held', code: 'ambiguous' };
  const { account } = found;
  if (account.carries !== 'ours') return { kind: 'held', code: 'conflict' };
  if (accountId === account.accountId && ownership !== undefined)
    return { kind: 'account', account, ownership };
  const weMadeIt = creation !== undefined || ownership === 'created';
  if (unsigned && !weMadeIt) return { kind: 'held', code: 'conflict' };
  return { kind: 'account', account, ownership: weMadeIt ? 'created' : 'adopted' };
}

/** Creates, and looks again when the system says that something is there already. */
async function makeAccount(
  connector: Connector,
  request: AccountRequest,
  work: Work,
  circumstances: Circumstances,
): Promise<Converged> {
  // The system made it and does not show it yet. Another create would make a second one.
  if (circumstances.creation === 'confirmed') throw unseen();
  const created = await create(connector, request);
  if (created.kind === 'created')
    return { kind: 'account', accountId: created.accountId, ownership: 'created', isNew: true };
  const { accountId: _gone, ...rest } = circumstances;
  const confirmed = created.kind === 'created-unnamed';
  const located = await locate(connector, request, {
    ...rest,
    ...(confirmed ? { creation: 'confirmed' } : {}),
  });
  if (located.kind === 'held') return located;
  if (located.kind === 'account') {
    // It was there all along, and may be switched off: the next attempt begins with it.
    if (work === 'enabled' && !confirmed) throw new RetryableError('remote-unavailable');
    return adjust(connector, request, located, { ...circumstances, enable: false });
  }
  if (confirmed) throw unseen();
  return { kind: 'held', code: 'conflict' };
}

export const unseen = () => new OutcomeUnknownError('remote-invalid-answer', undefined, 'confirmed');

async function adjust(
  connector: Connector,
  request: AccountRequest,
  { account, ownership }: Located & { kind: 'account' },
  { complete, enable }: { readonly complete: boolean; readonly enable: boolean },
): Promise<Converged> {
  const changed = complete ? await unlessUnknown(connector.change(account, request)) : 'unchanged';
  const enabled =
    enable && changed !== 'gone' ? await unlessUnknown(connector.setActive(account, true)) : changed;
  // It went away while we looked at it: the next attempt begins with what is there then.
  if (changed === 'gone' || enabled === 'gone') throw new RetryableError('remote-unavailable');
  const { accountId } = account;
  if (changed === 'exists') return { kind: 'held', code: 'conflict', account: { accountId, ownership } };
  return { kind: 'account', accountId, ownership };
}

// With these answers the system certainly did nothing. After any other failure it may have.
const DEFINITE_FAILURES: ReadonlySet<string> = new Set([
  'remote-throttled',
  'remote-unauthorized',
  'remote-misconfigured',
  'secret-unavailable',
]);

export async function unlessUnknown<T>(call: Promise<T>, creation?: Creation): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof RejectedError) throw error;
    // Anything but the port's own errors is a defect in the connector, which may have come after the call.
    if (!(error instanceof RetryableError))
      throw new OutcomeUnknownError('internal-error', undefined, creation);
    if (DEFINITE_FAILURES.has(error.code)) throw error;
    throw new OutcomeUnknownError(error.code, error.retryAfterMs, creation);
  }
}

function create(connector: Connector, request: AccountRequest): Promise<Created> {
  return unlessUnknown(connector.create(request), 'unknown');
}
