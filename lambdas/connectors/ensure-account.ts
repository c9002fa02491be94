import type { Creation, Ownership } from '../../events/link-state';
import {
  type AccountRequest,
  type Connector,
  type Created,
  OutcomeUnknownError,
  RetryableError,
} from './connector';

export type EnsuredAccount =
  | { readonly state: 'linked'; readonly accountId: string; readonly ownership: Ownership }
  | { readonly state: 'held'; readonly code: 'conflict' | 'ambiguous' };

export interface Circumstances {
  /** What is known of an earlier create; absent when none can have reached the system. */
  readonly creation?: Creation;
  /** An unsigned event may create an account and never adopt one. */
  readonly unsigned: boolean;
}

/**
 * Makes sure that the system has exactly one account with our externalId: look first, create, and look again
 * when the system says that something is there already. Equality of the externalId alone adopts.
 */
export async function ensureAccount(
  connector: Connector,
  request: AccountRequest,
  circumstances: Circumstances,
): Promise<EnsuredAccount> {
  const existing = await findOurs(connector, request, circumstances);
  if (existing !== undefined) return existing;
  // The system made it and does not show it yet. Another create would make a second one.
  if (circumstances.creation === 'confirmed') throw unseen();
  const created = await create(connector, request);
  if (created.kind === 'created')
    return { state: 'linked', accountId: created.accountId, ownership: 'created' };
  if (created.kind === 'exists') {
    return (await findOurs(connector, request, circumstances)) ?? { state: 'held', code: 'conflict' };
  }
  const found = await findOurs(connector, request, { ...circumstances, creation: 'confirmed' });
  if (found === undefined) throw unseen();
  return found;
}

const unseen = () => new OutcomeUnknownError('remote-invalid-answer', undefined, 'confirmed');

// With these answers the system certainly made nothing. After any other failure it may have.
const DEFINITE_FAILURES: ReadonlySet<string> = new Set([
  'remote-throttled',
  'remote-unauthorized',
  'remote-misconfigured',
  'secret-unavailable',
]);

async function create(connector: Connector, request: AccountRequest): Promise<Created> {
  try {
    return await connector.create(request);
  } catch (error) {
    if (!(error instanceof RetryableError) || DEFINITE_FAILURES.has(error.code)) throw error;
    throw new OutcomeUnknownError(error.code, error.retryAfterMs);
  }
}

async function findOurs(
  connector: Connector,
  request: AccountRequest,
  { creation, unsigned }: Circumstances,
): Promise<EnsuredAccount | undefined> {
  const found = await connector.find(request);
  if (found.kind === 'none') return undefined;
  if (found.kind === 'many') return { state: 'held', code: 'ambiguous' };
  const isOurs = creation !== undefined;
  if (unsigned && !isOurs) return { state: 'held', code: 'conflict' };
  return { state: 'linked', accountId: found.accountId, ownership: isOurs ? 'created' : 'adopted' };
}
