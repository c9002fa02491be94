import type { RejectCode } from '../../../events/codes';
import type { UserEvent } from '../../../events/event-schema';
import type { Work } from '../../user-links/decision';
import { isBound, namesAccount, type UserLink } from '../../user-links/user-link';
import { countryIn } from './country-in';
import type { CountryRule } from './country-rule';

/** Where a link is worked on. */
export type Chosen =
  /** `instance` is undefined in a system that has none. */
  | { readonly is: 'one'; readonly instance: string | undefined; readonly why: Why }
  /** Nobody knows where an account would be, so that all have to be looked into. */
  | { readonly is: 'all' }
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
  const isKnown = link !== undefined && namesAccount(link) && link.erasure?.everywhere !== true;
  const isEverywhere = work === 'erased' && !isKnown;
  if (isEverywhere) return rule === undefined ? ONLY : { is: 'all' };
  if (isBound(link)) return boundTo(rule, link?.instance ?? rule?.existing);
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

const ONLY: Chosen = { is: 'one', instance: undefined, why: 'only' };

const has = ({ countries }: CountryRule, instance: string) => Object.hasOwn(countries, instance);

function boundTo(rule: CountryRule | undefined, instance: string | undefined): Chosen {
  const isThere = rule === undefined ? instance === undefined : instance !== undefined && has(rule, instance);
  return isThere ? { is: 'one', instance, why: 'bound' } : { is: 'none', code: 'instance-removed' };
}

function instanceOf({ countries }: CountryRule, country: string): string | undefined {
  return Object.keys(countries).find((instance) => countries[instance]?.includes(country));
}
