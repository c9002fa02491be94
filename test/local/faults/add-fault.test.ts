import { addNamedFault, type Faulty } from '../../../local/faults/add-fault';
import type { AskedFault } from '../../../local/faults/fault-schema';
import { mixFaults } from '../../../local/faults/mixed-faults';

function aRun() {
  const rules: Record<string, unknown>[] = [];
  const add = async (rule: unknown) => void rules.push(rule as Record<string, unknown>);
  const connector = (name: string, kind: string, environment = {}) => ({
    system: { name, kind },
    environment,
  });
  const functions = [
    connector('crm', 'scim'),
    connector('profile', 'profile', { PROFILE_TABLE_NAME: 'profiles' }),
    { environment: {} },
  ];
  const session = {
    run: { functions: { list: () => functions }, frontDoor: { faults: { add } } },
    remotes: { of: (name: string) => (name === 'crm' ? [{}] : []), addFault: add },
  } as unknown as Faulty;
  return { session, rules };
}

async function ruleOf(asked: AskedFault) {
  const { session, rules } = aRun();
  await addNamedFault(session, asked);
  return rules[0];
}

test('a fault of a system behind HTTP is a rule of its server', async () => {
  expect(await ruleOf({ system: 'crm', fault: 'throttled-until', retryAfterSeconds: 60, times: 2 })).toEqual({
    ...{ remote: 'crm', when: 'before', effect: 'error', status: 429, times: 2 },
    ...{ retryAfterSeconds: 60, retryAfterAs: 'date' },
  });
});

test('a fault of a system that is a table is a rule of its connector and its table', async () => {
  expect(await ruleOf({ system: 'profile', fault: 'throttled', operation: 'PutItem' })).toEqual({
    ...{ service: 'dynamodb', caller: 'profile', resource: 'profiles', operation: 'PutItem' },
    ...{ when: 'before', effect: 'error', status: 400, code: 'ThrottlingException' },
  });
});

test.each<[string, AskedFault, string]>([
  ['a system that is not there', { system: 'erp', fault: 'timeout' }, 'not-found'],
  ['a fault that a table cannot have', { system: 'profile', fault: 'paging' }, 'bad-request'],
  ['what the fault knows nothing of', { system: 'crm', fault: 'timeout', size: 1 }, 'bad-request'],
])('fails for %s', async (_, asked, code) => {
  await expect(ruleOf(asked)).rejects.toMatchObject({ code });
});

test('mixed faults come to one of ten calls of each system, one of twenty messages and one death', async () => {
  const { session, rules } = aRun();
  await mixFaults(session, 1000);
  const passing = (name: string) =>
    rules
      .filter(({ remote, caller, probability }) => (remote ?? caller) === name && probability !== undefined)
      .reduce((share, { probability }) => share * (1 - Number(probability)), 1);
  expect(1 - passing('crm')).toBeCloseTo(0.1);
  expect(1 - passing('profile')).toBeCloseTo(0.1);
  expect(rules.filter(({ effect }) => effect === 'kill')).toEqual([
    { remote: 'crm', operation: 'POST /Users', when: 'after', effect: 'kill', skip: 500, times: 1 },
  ]);
  expect(rules.filter(({ effect }) => effect === 'repeat')).toMatchObject([
    { service: 'sqs', probability: 0.05 },
  ]);
});
