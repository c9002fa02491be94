import type { AnySystemConfiguration, SystemConfiguration } from './system-schema';

type Named<System> = Readonly<Record<string, System>>;

/** False for a system whose queue the own code of its team works off: it has no function of ours, and no links. */
export function hasWorker(system: AnySystemConfiguration): system is SystemConfiguration {
  return system.kind !== 'sqs';
}

/** The systems that have links. */
export function withWorker(systems: Named<AnySystemConfiguration>): Record<string, SystemConfiguration> {
  const entries = Object.entries(systems).flatMap(([name, system]) =>
    hasWorker(system) ? [[name, system] as const] : [],
  );
  return Object.fromEntries(entries);
}
