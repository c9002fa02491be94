import type { AccountRequest } from '../connector';

/** What a system is told to bring an account to. `enabled` is `present`, and switched on. */
export type Wanted = 'present' | 'enabled' | 'disabled' | 'absent' | 'erased';

/** What is handed over: what a system is to do about one account. */
export interface HandoverOrder {
  /** The same whenever the same is handed over again, so that the system can tell. */
  readonly id: string;
  readonly wanted: Wanted;
  readonly request: AccountRequest;
  /** The user's `created_at`, ISO 8601, where it is known. */
  readonly generation?: string;
  /** Version of the profile, epoch ms; absent where the end of a life is handed over. */
  readonly version?: number;
  /** Grows with everything that is handed over about an account. */
  readonly sequence: number;
  /** Epoch ms at which it was asked for. */
  readonly since: number;
  /** The system's id of the account, once it said so. */
  readonly accountId?: string;
}

/**
 * The port to a system that makes its accounts itself and is only told what is wanted. It has no look-up, so that
 * everything may be told twice, under the same id.
 */
export interface Handover {
  /** Hands over. May have succeeded although it throws; throws the errors of the connectors' port. */
  deliver(order: HandoverOrder): Promise<void>;
}
