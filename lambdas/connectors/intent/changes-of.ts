import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '../../../events/event-schema';
import type { TargetAttribute } from './mapping';

/** An attribute that an account shows differently from what is wanted; without `value` it is to be taken away. */
export interface Change {
  readonly to: string;
  readonly value?: AttributeValue;
}

/** What a new account shows. */
export function valuesOf(attributes: readonly TargetAttribute[]): Change[] {
  return attributes.flatMap((one) => (one.act === 'set' ? [{ to: one.to, value: one.value }] : []));
}

/**
 * What has to change in an account that is there, by who has the say over each attribute.
 *
 * @param shown what the account shows of an attribute, in the form in which events have it
 */
export function changesOf(attributes: readonly TargetAttribute[], shown: (to: string) => unknown): Change[] {
  return attributes.flatMap((one) => {
    if (one.write === 'onCreate') return [];
    const now = shown(one.to);
    if (one.write === 'ifEmpty' && !isEmpty(now)) return [];
    if (one.act === 'set') return isDeepStrictEqual(now, one.value) ? [] : [{ to: one.to, value: one.value }];
    return one.act === 'clear' && !isEmpty(now) ? [{ to: one.to }] : [];
  });
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
