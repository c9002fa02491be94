import type { EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import type { Gate } from '../../../../lambdas/connectors/gate/gate';
import type { CountryRule } from '../../../../lambdas/connectors/instances/country-rule';
import { waysOf } from '../../../../lambdas/connectors/instances/ways-of';
import type { CommonDeps } from '../../../../lambdas/connectors/provision-deps';
import { createReservationsInMemory } from '../../../helpers/adoption';
import { anEvent, NOW } from '../../../helpers/events';
import { OPEN_GATE } from '../../../helpers/gate';
import { createRemoteSystem } from '../../../helpers/remote-system';
import { aWorker } from './a-worker';

/** Two servers: `eu` has two countries, `us` has one. */
export const RULE: CountryRule = { countries: { eu: ['de', 'fr'], us: ['us'] }, from: 'country' };

interface Settings extends Partial<CommonDeps> {
  readonly rule?: CountryRule;
  /** The breakers that are not as open gates are. */
  readonly gates?: Readonly<Record<string, Gate>>;
}

function createWay(gate: Gate = OPEN_GATE) {
  const remote = createRemoteSystem();
  return { remote, way: { connector: remote.connector, gate } };
}

/** The table of reservations, by the name under which they are. */
function createShelves() {
  const shelves = new Map<string, ReturnType<typeof createReservationsInMemory>>();
  return (reservedIn = '') => {
    const shelf = shelves.get(reservedIn) ?? createReservationsInMemory();
    shelves.set(reservedIn, shelf);
    return shelf;
  };
}

/** A worker of `crm` that has a system in memory for each instance. */
export function aWorkerOfInstances({ rule = RULE, gates = {}, ...settings }: Settings = {}) {
  const all = new Map(Object.keys(rule.countries).map((name) => [name, createWay(gates[name])]));
  const of = (instance = '') => {
    const one = all.get(instance);
    if (one === undefined) throw new Error(`There is no ${instance}.`);
    return one;
  };
  const shelfOf = createShelves();
  const wayTo = (instance?: string, reservedIn?: string) => {
    return { ...of(instance).way, reservations: shelfOf(reservedIn).reservations };
  };
  const worker = aWorker({ ...settings, ...waysOf(rule, wayTo) });
  const { table, link, clock } = worker;
  /** Tells of a user, in an event that says a country. */
  const ask = (country: string | undefined, user: Partial<EventUser> = {}, after = 0) => {
    const updated_at = new Date(NOW + after).toISOString();
    const type: EventType = 'user.provision-requested';
    const said = country === undefined ? {} : { country };
    return worker.run({ event: anEvent({ type, user: { updated_at, ...user }, ...said }) });
  };
  const accounts = () => [...all.values()].map(({ remote }) => remote.accounts().length);
  return {
    ...worker,
    ask,
    of: (name: string) => of(name).remote,
    /** Of the accounts of an instance, or of those from before there were any. */
    holders: (name?: string) => shelfOf(name).holders,
    accounts,
    table,
    link,
    clock,
  };
}
