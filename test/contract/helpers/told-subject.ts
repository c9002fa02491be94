import type { HandedAccount } from '../../../local/remotes/handover-store';
import type { RemoteSystem } from '../../../local/remotes/remote-system';
import { sameNames } from '../../helpers/account-request';
import type { HandoverSubject } from './handover-subject';
import type { Patience } from './subject';
import { remoteSwitches } from './switches';

/** What the subjects of all kinds that hand over have: a stand-in that fails by name and shows what it was told. */
export function toldSubject(
  system: RemoteSystem,
  kind: string,
  patience: Patience,
): Omit<HandoverSubject, 'handover' | 'stop'> {
  const shown = async () =>
    (await (await fetch(system.url)).json()) as { accounts: HandedAccount[]; messages: { id: string }[] };
  return {
    rules: sameNames('email', 'username'),
    ...remoteSwitches(kind, system, patience),
    told: async () => (await shown()).messages.map(({ id }) => id),
    accounts: async (externalId) =>
      (await shown()).accounts.filter((account) => account.externalId === externalId),
  };
}
