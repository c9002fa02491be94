import { systemSchema } from '../../lib/configuration/system-schema';
import { FAULT_NAMES, namedFault } from '../../local/faults/named-faults';
import { HANDOVER_KINDS, KINDS } from './helpers/kinds';

const configurable = systemSchema.options.map(({ shape }) => shape.kind.value as string);

/** Code of a team works their queues off: nothing of ours has a promise to keep. */
const CONSUMED = ['sqs'];
/** What they make is no account of a person's attributes: their promises are in grants.test.ts. */
const GRANTING = ['auth0'];

test('every kind that can be configured keeps the contract, hands over, or is worked off by others', () => {
  expect(
    [...Object.keys(KINDS), ...Object.keys(HANDOVER_KINDS), ...CONSUMED, ...GRANTING].toSorted(),
  ).toEqual(configurable.toSorted());
});

test.each(Object.entries(KINDS))(
  '%s promises something of every fault that its systems can have',
  (kind, { contract }) => {
    const ends = ['killed', 'killed-after'];
    const place = kind === 'profile' ? 'table' : 'remote';
    const known = FAULT_NAMES.filter((name) => namedFault(name)[place] !== undefined && !ends.includes(name));
    const promised = Object.entries(contract).flatMap(([name, promises]) => (promises ? [name] : []));
    expect(promised.toSorted()).toEqual(known.toSorted());
  },
);
