/** Who is to have an account in a system, as the stack tells it to a function. All that is said must hold. */
export interface ScopeRule {
  /** Names and strategies of connections, of which one must be the user's. */
  readonly connections?: readonly string[];
  readonly strategies?: readonly string[];
  readonly where?: readonly ScopeCondition[];
}

/** What must hold of one attribute of the event. */
export type ScopeCondition = { readonly of: string } & (
  | { readonly oneOf: readonly (string | number | boolean)[] }
  | { readonly exists: boolean }
);
