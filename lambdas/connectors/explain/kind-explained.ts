import type { EventType } from '../../../events/event-types';
import type { TargetAttribute } from '../intent/mapping';

/** What a kind of system says of its requests and accounts, so that one can be explained. */
export interface KindExplained {
  /** The configured addresses, whose paths are nobody's; what follows them may be. */
  readonly base?: string | readonly string[];
  /**
   * Names in a path below the base that hold no word of a user, such as `Users`. @default the first one of a path, which
   * says what there is, where the next one says who
   */
  readonly plainNames?: readonly string[];
  /**
   * Places in the body of a request that hold no word of a user, such as `/schemas`; every other value is
   * masked.
   */
  readonly plain: readonly string[];
  /** What an account shows of an attribute, in the form in which events have it. */
  readonly shows?: (snapshot: unknown, attribute: TargetAttribute) => unknown;
  /** The types of events that its queue gets. @default all */
  readonly hears?: readonly EventType[];
}
