import type { BreakerState } from '../../events/breaker-state';
import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { systemsOf } from '../target/outputs';
import { breakerOf, type KnownBreaker } from './breaker-of';

export const close = defineCommand({
  usage: 'breaker close <system>',
  summary: 'lets messages go to a system again that was left alone',
  details:
    'Also ends a pause that the system asked for. Workers know within five seconds. While the system still fails for most users, its breaker opens again.',
  options: {
    system: { type: 'string', demandOption: true, description: 'which system' },
  },
  examples: [['breaker close crm', 'once the CRM is repaired, instead of waiting for the next probe']],
  run: closeBreaker,
});

export type CloseDeps = Pick<Deps, 'outputs' | 'systemItems' | 'audit' | 'screen' | 'now'>;

export async function closeBreaker(
  { system }: { readonly system: string },
  deps: CloseDeps,
): Promise<Report> {
  const outputs = await deps.outputs();
  const [name = system] = systemsOf(outputs, system);
  const breaker = await breakerOf(name, outputs, deps);
  const was = breaker.state?.state ?? 'closed';
  const stopsNobody = was === 'closed' && (breaker.state?.pausedUntil ?? 0) <= deps.now();
  if (!stopsNobody) await audited(deps, { act: 'breaker close', subject: name }, () => write(breaker, deps));
  deps.screen.print(
    stopsNobody ? `The breaker of ${name} is closed already.` : [styled('green', `${name} is called again.`)],
  );
  return { json: { system: name, was, changed: !stopsNobody } };
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
