import { createHash } from 'node:crypto';
import type { AttributeValue, EventUser } from '../../../events/event-schema';
import type { Authority, MappingRule } from './mapping-rule';

/**
 * What an event means for one attribute of an account.
 *
 * - `set`: it is to show this value
 * - `clear`: it is to show nothing, because it is empty in Auth0
 * - `leave`: whatever it shows stays, because the event does not say (`not-told`) or by configuration (`empty`); an
 *   account in another system (`elsewhere`) is looked up once there is something to do
 * - `refuse`: what the event says cannot be one; there is no account to be made of it
 */
export type TargetAttribute = { readonly to: string; readonly write: Authority } & (
  | { readonly act: 'set'; readonly value: AttributeValue }
  | { readonly act: 'clear' }
  | { readonly act: 'leave'; readonly why: 'not-told' | 'empty' | 'elsewhere' }
  | { readonly act: 'refuse'; readonly why: 'type' | 'length' | 'missing' }
);

/** Ids of a user's accounts in other systems, by the name of the system. */
export type Accounts = ReadonlyMap<string, string>;

/** How users become attributes of accounts in one system. */
export interface Mapping {
  /** Differs from that of any other configuration. */
  readonly revision: string;
  /** One entry per configured attribute, in the order of the configuration. */
  readonly attributesOf: (user: EventUser, accounts?: Accounts) => readonly TargetAttribute[];
}

/** The same as DynamoDB and our own schema take for one attribute of an event. */
const LONGEST_TEXT = 1024;

export function createMapping(rules: readonly MappingRule[]): Mapping {
  return {
    revision: createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 8),
    attributesOf: (user, accounts = new Map()) => rules.map((rule) => attributeOf(rule, user, accounts)),
  };
}

function attributeOf(rule: MappingRule, user: EventUser, accounts: Accounts): TargetAttribute {
  const { to, from = [], account, required, otherwise, write = 'always' } = rule;
  if (account !== undefined) return { to, write, ...elsewhere(accounts.get(account)) };
  const told = from.map((name) => (Object.hasOwn(user, name) ? user[name] : undefined));
  const present = told.filter(hasValue);
  if (present.length > 0) return { to, write, ...worthOf(rule, present) };
  const isTold = told.every((value) => value !== undefined);
  // What nobody told us of must not overwrite what an event that knew more has set.
  if (otherwise !== undefined)
    return { to, write: isTold ? write : 'onCreate', act: 'set', value: otherwise };
  if (required === true) return { to, write, act: 'refuse', why: 'missing' };
  if (!isTold) return { to, write, act: 'leave', why: 'not-told' };
  return rule.whenCleared === 'leave'
    ? { to, write, act: 'leave', why: 'empty' }
    : { to, write, act: 'clear' };
}

const elsewhere = (accountId: string | undefined) =>
  accountId === undefined
    ? ({ act: 'leave', why: 'elsewhere' } as const)
    : ({ act: 'set', value: accountId } as const);

const hasValue = (value: AttributeValue | undefined): value is Exclude<AttributeValue, null> =>
  value !== undefined && value !== null && value !== '';

type Worth =
  | Pick<TargetAttribute & { act: 'set' }, 'act' | 'value'>
  | { act: 'refuse'; why: 'type' | 'length' };

function worthOf(rule: MappingRule, present: readonly Exclude<AttributeValue, null>[]): Worth {
  const { join, text, lowerCase, maxLength = LONGEST_TEXT } = rule;
  const [first] = present;
  const parts = join === undefined ? [first] : present;
  if (join === undefined && text !== true && typeof first !== 'string') {
    return { act: 'set', value: first as AttributeValue };
  }
  const texts = parts.map(textOf);
  if (texts.includes(undefined)) return { act: 'refuse', why: 'type' };
  const whole = texts.join(join);
  const value = lowerCase === true ? whole.toLowerCase() : whole;
  return value.length > maxLength ? { act: 'refuse', why: 'length' } : { act: 'set', value };
}

// A number is a text to a system that wants one, as an employee's number is. What true or a list is in words is not
// for us to invent.
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** What of an event cannot be an attribute of an account, in words without anything of the event; mostly undefined. */
export function refusalOf(attributes: readonly TargetAttribute[]): string | undefined {
  const refused = attributes.find((attribute) => attribute.act === 'refuse');
  return refused?.act === 'refuse' ? `${refused.to}: ${REFUSAL_WORDS[refused.why]}` : undefined;
}

/** Why an event holds no value for an attribute that needs one. */
export const REFUSAL_WORDS = {
  type: 'not a text',
  length: 'too long',
  missing: 'nothing to make it of',
} as const;
