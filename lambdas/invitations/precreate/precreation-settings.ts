import type { TrustedConnections } from '../../connectors/accounts/vouching';
import type { JitSwitches } from '../../provisioning-api/jit-switches';

/** What the configuration says of the mode `precreate`. */
export interface PrecreationSettings {
  /** The database connection in which users are made. */
  readonly connection: string;
  /** Client ids by the names of applications. */
  readonly clientIds: Readonly<Record<string, string>>;
  /** Whose word counts that an address is verified. */
  readonly trusted: TrustedConnections;
  /** Where accounts are made ahead, and for whom; absent where the first login makes them. */
  readonly ahead?: { readonly systems: readonly string[]; readonly jit: JitSwitches };
}
