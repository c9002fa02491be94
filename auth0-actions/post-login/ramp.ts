const HOUR_MS = 3_600_000;

export interface Ramp {
  /** Epoch ms since which the revision counts; not known of a bundle that was built without. */
  readonly since: number | undefined;
  readonly rampHours: number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Whether a user of an earlier revision is asked for by the new one already. Spread evenly over the ramp, so that a
 * deploy does not tell of everybody who logs in at that moment; each revision in another order, so that it is not
 * always the same who come first.
 */
export function isDue(userId: string, rev: string, { since, rampHours, now }: Ramp): boolean {
  if (since === undefined || rampHours === 0) return true;
  return placeOf(`${rev}:${userId}`) < (now - since) / (rampHours * HOUR_MS);
}

/** From 0 to below 1, the same for the same text. FNV-1a, and what makes its upper bits as good as its lower ones. */
export function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
