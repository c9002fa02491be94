import type { FaultRule } from '../aws/faults';
import type { FunctionInfo } from '../functions/functions';
import { LocalError } from '../local-error';
import type { RemoteFault } from '../remotes/remote-faults';
import type { Session } from '../session';
import type { AskedFault } from './fault-schema';
import { FAULT_NAMES, namedFault } from './named-faults';

export type Faulty = Pick<Session, 'run' | 'remotes'>;

/** Lets a system fail in a way that has a name, whatever its kind. Fails with `not-found` or `bad-request`. */
export async function addNamedFault({ run, remotes }: Faulty, asked: AskedFault): Promise<void> {
  const connector = connectorOf(run.functions.list(), asked.system);
  const { system, fault, operation, skip, times, probability, seconds, ...details } = asked;
  requireDetails(asked, details);
  const common = definedOnly({ operation, skip, times, probability, seconds });
  const named = namedFault(fault);
  if (remotes.of(system).length > 0) {
    if (named.remote === undefined) throw notOf(asked, 'remote');
    return remotes.addFault({ ...common, remote: system, ...named.remote(details) } as RemoteFault);
  }
  const resource = connector.environment.PROFILE_TABLE_NAME;
  if (named.table === undefined || resource === undefined) throw notOf(asked, 'table');
  const where = { service: 'dynamodb', caller: system, resource } as const;
  return run.frontDoor.faults.add({ ...common, ...where, ...named.table(details) } as FaultRule);
}

function connectorOf(functions: readonly FunctionInfo[], name: string): FunctionInfo {
  const connectors = functions.filter(({ system }) => system !== undefined);
  // The fault may be of one instance of the system.
  const found = connectors.find(({ system }) => system?.name === name.split('/')[0]);
  if (found !== undefined) return found;
  const names = connectors.map(({ system }) => system?.name).join(', ');
  throw new LocalError('not-found', `There is no system ${name}, only ${names}`);
}

function requireDetails({ fault }: AskedFault, details: object): void {
  const { detail } = namedFault(fault);
  const stray = Object.entries(details).find(([name, value]) => value !== undefined && name !== detail);
  if (stray === undefined) return;
  const allowed = detail === undefined ? 'nothing besides how often it comes' : detail;
  throw new LocalError('bad-request', `The fault ${fault} takes no ${stray[0]}, but ${allowed}`);
}

function notOf({ system, fault }: AskedFault, kind: 'remote' | 'table'): LocalError {
  const known = FAULT_NAMES.filter((name) => namedFault(name)[kind] !== undefined);
  return new LocalError('bad-request', `${system} cannot be ${fault}, but ${known.join(', ')}`);
}

const definedOnly = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
