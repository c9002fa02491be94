/** Which instance of a system has which users, as the stack tells it to a function. */
export interface CountryRule {
  /** Countries of each instance, in lower case, by its name. */
  readonly countries: Readonly<Record<string, readonly string[]>>;
  /** Attribute of the event that says the country where the event itself does not. */
  readonly from?: string;
  /** Country of whoever says none. */
  readonly default?: string;
  /** Instance of the accounts from before the system had any. */
  readonly existing?: string;
}
