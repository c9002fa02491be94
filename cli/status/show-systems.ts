import { type BreakerState, NEVER_OPENED } from '../../events/breaker-state';
import { itemOf, placeName } from '../../events/instance-name';
import { RATE_ITEM, rateState } from '../../events/rate-state';
import { describeDuration } from '../../terminal/duration';
import type { Style } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import { breakerOf, type OfBreaker } from '../breaker/breaker-of';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { instancesOf, type Outputs, outputOf, systemsOf } from '../target/outputs';
import { describeCodes } from './describe-links';

export type SystemsDeps = Pick<Deps, 'outputs' | 'systemItems' | 'screen' | 'now'>;

interface ShownSystem {
  readonly system: string;
  readonly instance?: string | undefined;
  /** Epoch ms at which a call that is asked for now could be made; absent without a rate, or never asked. */
  readonly nextTurnAt?: number;
  readonly breaker: BreakerState;
}

/** How the breaker of each system stands, and who asked to be left alone. */
export async function showSystems(
  { system }: { readonly system?: string | undefined },
  deps: SystemsDeps,
): Promise<Report> {
  const outputs = await deps.outputs();
  const systems = await Promise.all(
    systemsOf(outputs, system)
      .flatMap((name) => placesOf(name, outputs))
      .map(async (place): Promise<ShownSystem> => {
        const { state = NEVER_OPENED } = await breakerOf(place, outputs, deps);
        return { ...place, breaker: state, ...(await rateOf(place, outputs, deps)) };
      }),
  );
  const now = deps.now();
  const codes = systems.map(({ breaker }) => ({ ...(isOpen(breaker) && { code: codeOf(breaker) }) }));
  deps.screen.print(...renderTable(columns(now), systems, deps.screen.width), ...describeCodes(codes));
  return { json: { systems: systems.map((one) => toJson(one, now)) } };
}

// Each instance of a system has a breaker and a rate of its own.
function placesOf(system: string, outputs: Outputs): OfBreaker[] {
  const instances = instancesOf(outputs, system);
  return instances.length === 0 ? [{ system }] : instances.map((instance) => ({ system, instance }));
}

async function rateOf({ system, instance }: OfBreaker, outputs: Outputs, deps: SystemsDeps) {
  const items = await deps.systemItems();
  const shared = await items(outputOf(outputs, 'SystemTableName'), {
    system,
    item: itemOf(RATE_ITEM, instance),
  }).read();
  const { success, data } = rateState.safeParse(shared?.value);
  return success ? { nextTurnAt: data.nextAt } : {};
}

const isOpen = ({ state }: BreakerState) => state !== 'closed';
const codeOf = ({ code = '' }: BreakerState) => code;

const STYLES: Readonly<Record<BreakerState['state'], Style>> = {
  closed: 'green',
  'half-open': 'yellow',
  open: 'red',
};

function columns(now: number): Column<ShownSystem>[] {
  const age = ({ breaker }: ShownSystem) =>
    breaker.since === 0 ? '' : describeDuration(now - breaker.since);
  return [
    { title: 'system', text: ({ system, instance }) => placeName(system, instance) },
    {
      title: 'breaker',
      text: ({ breaker }) => breaker.state,
      style: ({ breaker }) => STYLES[breaker.state],
    },
    { title: 'for', text: age, align: 'right' },
    { title: 'probe', text: ({ breaker }) => nextProbe(breaker, now) },
    { title: 'held back', text: ({ breaker }) => stillFor(breaker.pausedUntil, now) },
    { title: 'turn', text: ({ nextTurnAt }) => until(nextTurnAt, now) },
    { title: 'why', text: ({ breaker }) => (isOpen(breaker) ? codeOf(breaker) : ''), flexible: true },
  ];
}

function nextProbe({ state, probe, probeAt }: BreakerState, now: number): string {
  if (state === 'closed') return '';
  if (probe !== undefined && probe.until > now) return 'under way';
  // Nobody tries a system for which nothing waits.
  return until(probeAt, now) || 'next message';
}

const until = (at = 0, now: number) => (at > now ? `in ${describeDuration(at - now)}` : '');
const stillFor = (at = 0, now: number) => (at > now ? `${describeDuration(at - now)} more` : '');

function toJson({ system, instance, breaker, nextTurnAt = 0 }: ShownSystem, now: number) {
  const { state, since, openings, code, probeAt, pausedUntil = 0 } = breaker;
  return {
    system,
    ...(instance && { instance }),
    ...(nextTurnAt > now && { nextTurnAt: isoOf(nextTurnAt) }),
    breaker: {
      state,
      ...(since > 0 && { since: isoOf(since) }),
      ...(state !== 'closed' && {
        openings,
        code,
        ...(probeAt !== undefined && { probeAt: isoOf(probeAt) }),
      }),
      ...(pausedUntil > now && { pausedUntil: isoOf(pausedUntil) }),
    },
  };
}

const isoOf = (epochMs: number) => new Date(epochMs).toISOString();
