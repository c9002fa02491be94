import type { AccountRequest, Connector, Created, Found } from '../../lambdas/connectors/connector';

type Fault = () => Promise<never>;

/** A system in memory that behaves as told. `accounts` holds the externalId of every account it has. */
export function createRemoteSystem() {
  const accounts: string[] = [];
  const faults: { find?: Fault | undefined; create?: Fault | undefined; afterCreate?: Fault | undefined } =
    {};
  const calls: string[] = [];
  const connector: Connector = {
    async find({ externalId }): Promise<Found> {
      calls.push('find');
      await faults.find?.();
      const [first, ...others] = accounts.flatMap((id, index) => (id === externalId ? [`acc-${index}`] : []));
      if (others.length > 0) return { kind: 'many' };
      return first === undefined ? { kind: 'none' } : { kind: 'one', accountId: first };
    },
    async create({ externalId }: AccountRequest): Promise<Created> {
      calls.push('create');
      await faults.create?.();
      accounts.push(externalId);
      await faults.afterCreate?.();
      return { kind: 'created', accountId: `acc-${accounts.length - 1}` };
    },
  };
  return { connector, accounts, faults, calls };
}
