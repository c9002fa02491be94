/** When a second factor is asked for: `mfa` of punctual.config.ts. */
export interface MfaSettings {
  /** Those that the tenant has switched on, as Auth0 names them. */
  readonly factors: readonly string[];
  /** `required`: who has none sets one up. `enrolled`: who has none goes on without. */
  readonly policy: 'required' | 'enrolled';
  /** Whose people are asked; those of all connections when absent. */
  readonly connections?: readonly string[] | undefined;
  /** Connections whose identity provider asks itself; `federated` for all that are not of the tenant's own. */
  readonly upstream: readonly string[] | 'federated';
}
