import { type ExpectedSystem, readinessOf as standingsOf } from '../../events/readiness';
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
  const { systems } = standingsOf(links, required.map(expected));
  const missing = systems.filter(({ standing }) => standing === 'waiting' || standing === 'failed');
  return { ready: missing.length === 0, missing: missing.map(({ name }) => name) };
}

/** True where nothing is to come any more, and nothing failed. */
export function isWell(links: readonly ShownLink[]): boolean {
  return standingsOf(
    links,
    links.map(({ system }) => expected(system)),
  ).all;
}

// A system that never signs off cannot be required, and of the others an account that was handed over is not there yet.
const expected = (name: string): ExpectedSystem => ({ name, required: true, awaited: true });

export function describeReadiness(readiness: Readiness | undefined): Line[] {
  if (readiness === undefined) return [];
  const { ready, missing } = readiness;
  if (ready) return ['', [styled('green', 'Ready'), ': nothing is missing in the required systems.']];
  return ['', [styled('yellow', 'Not ready'), `: no account in ${missing.join(', ')}, which is required.`]];
}
