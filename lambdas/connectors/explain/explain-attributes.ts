import type { ExplainedAttribute } from '../../../events/explanation';
import type { Account } from '../connector';
import { changesOf } from '../intent/changes-of';
import { REFUSAL_WORDS, type TargetAttribute } from '../intent/mapping';
import type { KindExplained } from './kind-explained';
import { MASK } from './masked';

/** What is known of the account that the attributes are for. */
export type Target =
  | { readonly is: 'new' }
  | { readonly is: 'there'; readonly account: Account; readonly complete: boolean }
  | { readonly is: 'unknown' };

type Verdict = Pick<ExplainedAttribute, 'act' | 'why'>;

/** What becomes of each attribute of an account, and why. Values are masked unless `reveal`. */
export function explainAttributes(
  attributes: readonly TargetAttribute[],
  target: Target,
  { shows }: Pick<KindExplained, 'shows'>,
  reveal: boolean,
): ExplainedAttribute[] {
  return attributes.map((one) => {
    const value = one.act === 'set' ? { value: reveal ? one.value : MASK } : {};
    return { to: one.to, ...verdictOf(one, target, shows), ...value };
  });
}

function verdictOf(one: TargetAttribute, target: Target, shows: KindExplained['shows']): Verdict {
  if (one.act === 'refuse') return { act: 'refuse', why: REFUSAL_WORDS[one.why] };
  if (target.is === 'new') return ofNew(one);
  if (target.is === 'unknown' || shows === undefined) return ofUnknown(one);
  const { account, complete } = target;
  if (!complete) return leave('the event does not tell the whole profile');
  return ofShown(one, shows(account.snapshot, one));
}

const leave = (why: string): Verdict => ({ act: 'leave', why });

function ofNew(one: TargetAttribute): Verdict {
  if (one.act === 'set') return { act: 'set', why: 'the account is made with it' };
  return one.act === 'leave' ? leave(leftBecause(one)) : leave('empty in Auth0');
}

function ofUnknown(one: TargetAttribute): Verdict {
  if (one.act === 'leave') return leave(leftBecause(one));
  const unless = { always: '', ifEmpty: ', unless the account shows one', onCreate: ', for a new account' };
  const why = one.act === 'clear' ? 'empty in Auth0' : 'the event says so';
  return { act: one.act, why: `${why}${unless[one.write]}` };
}

function ofShown(one: TargetAttribute, shown: unknown): Verdict {
  if (changesOf([one], () => shown).length > 0) {
    return one.act === 'clear'
      ? { act: 'clear', why: 'empty in Auth0, and the account shows one' }
      : { act: 'set', why: 'the account shows another one' };
  }
  if (one.write === 'onCreate') return leave('the system has the say once the account is made');
  if (one.act === 'leave') return leave(leftBecause(one));
  const isWell = changesOf([{ ...one, write: 'always' }], () => shown).length === 0;
  if (!isWell) return leave('the system has the say once the account shows one');
  return leave(one.act === 'set' ? 'the account shows it already' : 'empty in Auth0 and in the account');
}

function leftBecause({ why }: TargetAttribute & { act: 'leave' }): string {
  return LEFT[why];
}

const LEFT = {
  empty: 'empty in Auth0, and it is configured to stay',
  'not-told': 'the event does not say',
  elsewhere: 'the id of another account, looked up when there is something to send',
} as const;
