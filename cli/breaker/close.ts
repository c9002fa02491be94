import type { BreakerState } from '../../events/breaker-state';
import { placeName } from '../../events/instance-name';
import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError, usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { instancesOf, systemsOf } from '../target/outputs';
import { breakerOf, type KnownBreaker, type OfBreaker } from './breaker-of';

export const close = defineCommand({
  usage: 'breaker close <system>',
  summary: 'lets messages go to a system again that was left alone',
  details:
    'Also ends a pause that the system asked for. Workers know within five seconds. While the system still fails for most users, its breaker opens again.',
  options: {
    system: { type: 'string', demandOption: true, description: 'which system' },
    instance: { type: 'string', description: 'which of its instances, of a system that has several' },
  },
  examples: [
    ['breaker close crm', 'once the CRM is repaired, instead of waiting for the next probe'],
    ['breaker close crm --instance de', 'of one of its instances'],
  ],
  run: closeBreaker,
});

export type CloseDeps = Pick<Deps, 'outputs' | 'systemItems' | 'audit' | 'screen' | 'now'>;

export async function closeBreaker({ system, instance }: OfBreaker, deps: CloseDeps): Promise<Report> {
  const outputs = await deps.outputs();
  const [name = system] = systemsOf(outputs, system);
  refuseUnlessThere(name, instance, instancesOf(outputs, name));
  const place = placeName(name, instance);
  const breaker = await breakerOf({ system: name, instance }, outputs, deps);
  const was = breaker.state?.state ?? 'closed';
  const stopsNobody = was === 'closed' && (breaker.state?.pausedUntil ?? 0) <= deps.now();
  if (!stopsNobody) await audited(deps, { act: 'breaker close', subject: place }, () => write(breaker, deps));
  deps.screen.print(
    stopsNobody
      ? `The breaker of ${place} is closed already.`
      : [styled('green', `${place} is called again.`)],
  );
  return { json: { system: name, ...(instance && { instance }), was, changed: !stopsNobody } };
}

// Nobody reads the breaker of a system whose instances have one each.
function refuseUnlessThere(system: string, instance: string | undefined, names: readonly string[]): void {
  if (instance === undefined ? names.length === 0 : names.includes(instance)) return;
  if (names.length === 0) throw usageError(`${system} has no instances`);
  throw usageError(`Give --instance: ${system} has ${names.join(', ')}`);
}

async function write({ item, shared }: KnownBreaker, { now }: CloseDeps) {
  const closed: BreakerState = { state: 'closed', since: now(), openings: 0 };
  if (await item.write(closed, shared)) return { outcome: 'done' as const };
  throw new CliError(
    'breaker-changed',
    'A worker changed the breaker at the same moment, and nothing was done to it',
    'Look again what it says now',
  );
}
