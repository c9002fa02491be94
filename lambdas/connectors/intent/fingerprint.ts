import { createHash } from 'node:crypto';
import type { TargetAttribute } from './mapping';

/** Short, because it is part of a row that is to stay below 1 KB; it tells attributes apart and protects nothing. */
const CHARACTERS = 16;
/** Stand for what is not known, and for what cannot be; no attribute is an object. */
const UNKNOWN = {};
const IMPOSSIBLE = { refused: true };

/**
 * What an account shows once `attributes` are applied to it, as a mark to compare: the configuration that they were
 * mapped by is part of it. What the system has the say over is not, and neither is an account in another system: an
 * event that changes nothing costs one read, and no second one to look for that.
 *
 * @param ofNew true for an account that was made of them, which shows nothing besides: what the event leaves alone is
 *   known to be empty there
 */
export function fingerprintOf(
  revision: string,
  attributes: readonly TargetAttribute[],
  { ofNew }: { readonly ofNew: boolean },
): string {
  const shown = attributes
    .filter((one) => one.write !== 'onCreate' && !(one.act === 'leave' && one.why === 'elsewhere'))
    .map((one) => [one.to, markOf(one, ofNew)]);
  const text = JSON.stringify([revision, ...shown]);
  return createHash('sha256').update(text).digest('base64url').slice(0, CHARACTERS);
}

function markOf(attribute: TargetAttribute, ofNew: boolean): unknown {
  switch (attribute.act) {
    case 'set':
      return attribute.value;
    case 'clear':
      return null;
    case 'leave':
      return ofNew ? null : UNKNOWN;
    case 'refuse':
      return IMPOSSIBLE;
  }
}
