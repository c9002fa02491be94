import { type Line, styled } from '../../terminal/line';
import type { ShownLink } from './describe-links';

/** Whether a person has what they cannot do without. */
export interface Readiness {
  readonly ready: boolean;
  /** The required systems in which they have no account. */
  readonly missing: readonly string[];
}

/** Undefined where no system is required: then nothing is said of being ready. */
export function readinessOf(links: readonly ShownLink[], required: readonly string[]): Readiness | undefined {
  if (required.length === 0) return undefined;
  const missing = required.filter((name) => !links.some((link) => link.system === name && isSettled(link)));
  return { ready: missing.length === 0, missing };
}

// Whom the scope leaves out is to have no account there, so that nobody needs to wait for one: neither who was never in
// it, nor who left it.
const WITHOUT = ['skipped', 'disabled', 'deprovisioning', 'deprovisioned'];
const isSettled = ({ state, code }: ShownLink) =>
  state === 'linked' || (code === 'out-of-scope' && WITHOUT.includes(state));

export function describeReadiness(readiness: Readiness | undefined): Line[] {
  if (readiness === undefined) return [];
  const { ready, missing } = readiness;
  if (ready) return ['', [styled('green', 'Ready'), ': nothing is missing in the required systems.']];
  return ['', [styled('yellow', 'Not ready'), `: no account in ${missing.join(', ')}, which is required.`]];
}
