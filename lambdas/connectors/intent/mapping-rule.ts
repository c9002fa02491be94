import type { AttributeValue } from '../../../events/event-schema';

/**
 * Who has the say over an attribute of an account. `always`: Auth0. `ifEmpty`: the system, once anything is there.
 * `onCreate`: the system, once the account is made.
 */
export type Authority = 'always' | 'ifEmpty' | 'onCreate';

/** Where one attribute of an account comes from, as the stack tells it to a function. */
export interface MappingRule {
  /** The attribute, in the system's words. */
  readonly to: string;
  /** Names of attributes of the event; the first that has a value counts. */
  readonly from?: readonly string[];
  /** The id of the user's account in this system, instead of `from`. */
  readonly account?: string;
  /** Put between the values of all of `from` that have one, instead of taking the first. */
  readonly join?: string;
  /** What it is when nothing of `from` has a value. */
  readonly otherwise?: AttributeValue;
  readonly lowerCase?: true;
  /** Characters at most. */
  readonly maxLength?: number;
  /** The system takes nothing but a text here. */
  readonly text?: true;
  /** There is no account without it. */
  readonly required?: true;
  /** `always` when absent. */
  readonly write?: Exclude<Authority, 'always'>;
  /** An attribute that became empty in Auth0 is cleared unless this says otherwise. */
  readonly whenCleared?: 'leave';
}
