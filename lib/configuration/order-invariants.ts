import { hasWorker, withWorker } from './has-worker';
import type { MappingSource } from './mapping-schema';
import type { Problem } from './rule-invariants';
import type { AnySystemConfiguration, SystemConfiguration } from './system-schema';
import { termsOf } from './terms-of';

type Systems = Readonly<Record<string, AnySystemConfiguration>>;

/** What is wrong with the order in which systems get their accounts: somebody would wait there for ever. */
export function orderProblems({ systems }: { readonly systems: Systems }): Problem[] {
  return Object.entries(withWorker(systems)).flatMap(([name, system]) => [
    ...termsOf(system).after.flatMap((first, index) => {
      const allowed = objectionTo(systems, name, first);
      const path = ['systems', name, 'after', index];
      return allowed === undefined ? [] : [{ path, given: JSON.stringify(first), allowed }];
    }),
    ...unnamedAccounts(name, system),
  ]);
}

function objectionTo(systems: Systems, name: string, first: string): string | undefined {
  const target = Object.hasOwn(systems, first) ? systems[first] : undefined;
  if (target === undefined) return 'the name of a system of this configuration';
  if (!hasWorker(target))
    return 'a system that has links: whether one of the kind sqs has an account nobody knows';
  if (target.kind === 'auth0')
    return 'a system in which everybody has an account: there only those who accepted an invitation';
  if (target.state === 'retired') return 'a system that is active: a retired one gets no new accounts';
  if ('signOff' in target && target.signOff === 'none')
    return 'a system that says which account it made: this one has signOff none';
  if (isLater(target, momentOf(systems, name)))
    return 'a system that makes its accounts no later: one of the two has another provisionAt';
  if (waitsFor(systems, first, name)) return 'a system that does not itself wait for this one';
  return undefined;
}

const MOMENTS = ['registration', 'login', 'use'] as const;
type Moment = (typeof MOMENTS)[number];

// Who registers and never logs in would be waited for until the budget is used up.
function isLater(first: SystemConfiguration, own: Moment): boolean {
  return MOMENTS.indexOf(termsOf(first).provisionAt) > MOMENTS.indexOf(own);
}

function momentOf(systems: Systems, name: string): Moment {
  const system = withWorker(systems)[name];
  return system === undefined ? 'registration' : termsOf(system).provisionAt;
}

/** True when `waiting` gets its accounts only after `name`, or is it. */
function waitsFor(systems: Systems, waiting: string, name: string, seen: readonly string[] = []): boolean {
  if (waiting === name) return true;
  if (seen.includes(waiting) || !Object.hasOwn(systems, waiting)) return false;
  const system = withWorker(systems)[waiting];
  return (system === undefined ? [] : termsOf(system).after).some((next) =>
    waitsFor(systems, next, name, [...seen, waiting]),
  );
}

/** Nobody would wait for such an account, so that it is there by chance. */
function unnamedAccounts(name: string, system: SystemConfiguration): Problem[] {
  // A kind may have none.
  const mapping = 'mapping' in system ? system.mapping : {};
  const entries: [string, MappingSource | null | undefined][] = Object.entries(mapping);
  return entries.flatMap(([to, source]) => {
    const account = source?.account;
    if (account === undefined || termsOf(system).after.includes(account)) return [];
    const path = ['systems', name, 'mapping', to, 'account'];
    return [{ path, given: JSON.stringify(account), allowed: 'a system that is named in after' }];
  });
}
