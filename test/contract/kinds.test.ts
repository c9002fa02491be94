import { systemSchema } from '../../lib/configuration/system-schema';
import { FAULT_NAMES, namedFault } from '../../local/faults/named-faults';
import { HANDOVER_KINDS, KINDS } from './helpers/kinds';

const configurable = systemSchema.options.map(({ shape }) => shape.kind.value as string);

test('every kind that can be configured keeps the contract, or hands over', () => {
  expect([...Object.keys(KINDS), ...Object.keys(HANDOVER_KINDS)].toSorted()).toEqual(configurable.toSorted());
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
