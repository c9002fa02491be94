import { resolvedText } from './resolved-text';

/** What Lambda takes of names and values of the variables of a function together. */
export const LARGEST_ENVIRONMENT_BYTES = 4_096;

/** The size of each variable, the largest first. */
export function sizesOf(variables: Readonly<Record<string, unknown>>): (readonly [string, number])[] {
  return Object.entries(variables)
    .map(([name, value]) => [name, name.length + Buffer.byteLength(resolvedText(value))] as const)
    .toSorted(([, one], [, other]) => other - one);
}
