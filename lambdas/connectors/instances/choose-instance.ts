import type { RejectCode } from '../../../events/codes';
import type { UserEvent } from '../../../events/event-schema';
import type { Work } from '../../user-links/decision';
import { isBound, type UserLink } from '../../user-links/user-link';
import { countryIn } from './country-in';
import type { CountryRule } from './country-rule';

/** Where a link is worked on. */
export type Chosen =
  /** `instance` is undefined in a system that has none. */
  | { readonly is: 'one'; readonly instance: string | undefined; readonly why: Why }
  /** All have to be looked into; `instance` is the one that the link's account is known to be in. */
  | { readonly is: 'all'; readonly instance: string | undefined }
  | {
      readonly is: 'none';
      readonly code: RejectCode & ('country-missing' | 'country-unknown' | 'instance-removed');
      /** Where the event says it; never what. */
      readonly detail?: string;
    };

/** `bound`: an account may be there; a path is where the event says it. */
export type Why = 'only' | 'bound' | 'earlier' | 'default' | { readonly by: string };

export interface Choosing {
  readonly link: UserLink | undefined;
  readonly work: Work;
  /** Absent where nobody knows what an event would say. */
  readonly event?: UserEvent | undefined;
}

/**
 * The instance that a link is worked on in. While an account may be in one it stays there, whatever is told later: that
 * nobody has two accounts in a system holds over all of its instances by this alone.
 *
 * @param rule undefined for a system without instances
 */
export function chooseInstance(rule: CountryRule | undefined, { link, work, event }: Choosing): Chosen {
  const bound = isBound(link) ? boundTo(rule, link?.instance ?? rule?.existing) : undefined;
  if (work === 'erased' && rule !== undefined) return everywhere(link, bound);
  if (bound !== undefined) return bound;
  if (rule === undefined) return ONLY;
  const said = event && countryIn(event, rule.from);
  if (said !== undefined) {
    const instance = said.country && instanceOf(rule, said.country);
    if (!instance) return { is: 'none', code: 'country-unknown', detail: said.by };
    return { is: 'one', instance, why: { by: said.by } };
  }
  const earlier = link?.instance;
  if (earlier !== undefined && has(rule, earlier)) return { is: 'one', instance: earlier, why: 'earlier' };
  const instance = rule.default && instanceOf(rule, rule.default);
  return instance ? { is: 'one', instance, why: 'default' } : { is: 'none', code: 'country-missing' };
}

/** The instance that an event asks for; undefined where it asks for none that there is. */
export function instanceAskedFor(rule: CountryRule, event: UserEvent): string | undefined {
  const country = countryIn(event, rule.from)?.country;
  return country === undefined ? undefined : instanceOf(rule, country);
}

// That an account is known in one says nothing of the others: what an earlier life left there carries the same name.
function everywhere(link: UserLink | undefined, bound: Chosen | undefined): Chosen {
  // A worker that died while it looked everywhere left a row that may have an account, and names no instance.
  const isAnywhere = link?.erasure?.everywhere === true && link.instance === undefined;
  if (bound?.is === 'none' && !isAnywhere) return bound;
  return { is: 'all', instance: bound?.is === 'one' ? bound.instance : undefined };
}

const ONLY: Chosen = { is: 'one', instance: undefined, why: 'only' };

const has = ({ countries }: CountryRule, instance: string) => Object.hasOwn(countries, instance);

function boundTo(rule: CountryRule | undefined, instance: string | undefined): Chosen {
  const isThere = rule === undefined ? instance === undefined : instance !== undefined && has(rule, instance);
  return isThere ? { is: 'one', instance, why: 'bound' } : { is: 'none', code: 'instance-removed' };
}

function instanceOf({ countries }: CountryRule, country: string): string | undefined {
  return Object.keys(countries).find((instance) => countries[instance]?.includes(country));
}
