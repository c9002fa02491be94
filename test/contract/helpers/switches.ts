import { addNamedFault, type Faulty } from '../../../local/faults/add-fault';
import type { RemoteSystem } from '../../../local/remotes/remote-system';
import type { Patience, Subject } from './subject';

/** The very switches of the local run, for the stand-in `system`. */
export function switches(
  faulty: unknown,
  patience: Patience,
  { system, clear }: { readonly system: string; readonly clear: () => Promise<void> | void },
): Pick<Subject, 'fail' | 'heal'> {
  return {
    async fail(fault) {
      patience.lose(fault);
      await addNamedFault(faulty as Faulty, { ...fault, system });
    },
    async heal() {
      patience.regain();
      await clear();
    },
  };
}

/** Those of a stand-in with an address of its own. */
export function remoteSwitches(
  kind: string,
  remote: RemoteSystem,
  patience: Patience,
): Pick<Subject, 'fail' | 'heal'> {
  const { name } = remote;
  const functions = { list: () => [{ system: { name, kind }, environment: {} }] };
  const remotes = { of: () => [remote], addFault: remote.addFault };
  const faulty = { run: { functions }, remotes };
  return switches(faulty, patience, { system: name, clear: () => remote.clearFaults() });
}
