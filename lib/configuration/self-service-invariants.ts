import type { EnvironmentConfiguration } from './environment-schema';
import type { Problem } from './rule-invariants';
import type { SystemConfiguration } from './system-schema';
import { termsOf } from './terms-of';

interface Owned {
  readonly environments: Readonly<Record<string, Pick<EnvironmentConfiguration, 'provisioningApi'>>>;
  readonly systems: Readonly<Record<string, SystemConfiguration>>;
}

/** What nobody may change of themselves: it decides where they have accounts. */
export function selfServiceProblems({ environments, systems }: Owned): Problem[] {
  const readers = Object.entries(systems).flatMap(([name, system]) =>
    decisiveIn(system).map((path) => [path, name] as const),
  );
  return Object.entries(environments).flatMap(([environment, { provisioningApi }]) =>
    (provisioningApi?.selfService ?? []).flatMap((path, index) => {
      const reader = readers.find(([read]) => isWithin(path, read) || isWithin(read, path));
      if (reader === undefined) return [];
      const at = ['environments', environment, 'provisioningApi', 'selfService', index];
      const allowed = `what decides about no account: the scope or the country of ${reader[1]} goes by this, so that people would move themselves`;
      return [{ path: at, given: JSON.stringify(path), allowed }];
    }),
  );
}

function decisiveIn(system: SystemConfiguration): string[] {
  const { where = [] } = termsOf(system).scope ?? {};
  const country = 'country' in system ? system.country?.from : undefined;
  return [...where.map(({ attribute }) => attribute), ...(country === undefined ? [] : [country])];
}

const isWithin = (path: string, whole: string) => path === whole || path.startsWith(`${whole}.`);
