import { AwsError, NoAnswer } from '../../../local/aws/aws-error';
import { createCallMeter } from '../../../local/aws/call-meter';
import { createFaults } from '../../../local/aws/faults';
import type { InProcessCall } from '../../../local/aws/front-door';
import { type Doorway, perform } from '../../../local/aws/perform';

function aDoorway() {
  const effects: string[] = [];
  const killed: string[] = [];
  const dynamodb = {
    name: 'dynamodb',
    resourceOf: (_: string, input: Record<string, unknown>) => input.TableName as string | undefined,
    handle: async (operation: string) => {
      effects.push(operation);
      return { json: { done: operation } };
    },
    close: async () => undefined,
  };
  const parts = {
    calls: createCallMeter(),
    faults: createFaults(() => 0),
    kill: (caller: string) => killed.push(caller),
    authorize: ({ caller }: InProcessCall) => {
      if (caller === 'stranger') throw new AwsError('AccessDenied', 'Not you.', 403);
    },
  };
  return { doorway: { services: { dynamodb }, ...parts } as unknown as Doorway, effects, killed, ...parts };
}

const call = (operation: string, caller = 'crm', TableName = 'links') =>
  ({ service: 'dynamodb', operation, caller, input: { TableName } }) as const;

test('calls are counted by what and who', async () => {
  const { doorway, calls } = aDoorway();
  for (const operation of ['PutItem', 'PutItem', 'GetItem']) await perform(doorway, call(operation));
  await perform(doorway, call('PutItem', 'tickets'));
  expect(calls.total()).toBe(4);
  expect(calls.total({ operation: 'PutItem' })).toBe(3);
  expect(calls.counts()).toContainEqual({
    service: 'dynamodb',
    operation: 'PutItem',
    caller: 'crm',
    resource: 'links',
    count: 2,
  });
  calls.reset();
  expect(calls.counts()).toEqual([]);
});

test('rejects, and does not do, what the caller may not do', async () => {
  const { doorway, calls, effects } = aDoorway();
  await expect(perform(doorway, call('PutItem', 'stranger'))).rejects.toThrow('Not you.');
  expect(effects).toEqual([]);
  expect(calls.total({ caller: 'stranger' })).toBe(1);
});

test('a fault before the call has no effect, one after it hides the effect', async () => {
  const { doorway, effects, faults } = aDoorway();
  faults.add({ operation: 'PutItem', when: 'before', effect: 'error', status: 503, code: 'Down', times: 1 });
  await expect(perform(doorway, call('PutItem'))).rejects.toMatchObject({ status: 503, code: 'Down' });
  expect(effects).toEqual([]);
  faults.add({ operation: 'PutItem', when: 'after', effect: 'error', times: 1 });
  await expect(perform(doorway, call('PutItem'))).rejects.toMatchObject({ status: 500 });
  expect(effects).toEqual(['PutItem']);
  await expect(perform(doorway, call('PutItem'))).resolves.toEqual({ json: { done: 'PutItem' } });
});

test('a slow call takes its time and its effect', async () => {
  const { doorway, effects, faults } = aDoorway();
  faults.add({ operation: 'PutItem', when: 'before', effect: 'slow', delayMs: 30, times: 1 });
  const began = performance.now();
  await perform(doorway, call('PutItem'));
  expect(performance.now() - began).toBeGreaterThan(25);
  expect(effects).toEqual(['PutItem']);
});

test('a fault hits only what it names', async () => {
  const { doorway, faults } = aDoorway();
  faults.add({
    service: 'dynamodb',
    operation: 'PutItem',
    caller: 'crm',
    resource: 'links',
    when: 'before',
    effect: 'error',
  });
  for (const other of [call('GetItem'), call('PutItem', 'tickets'), call('PutItem', 'crm', 'profiles')]) {
    await expect(perform(doorway, other)).resolves.toBeDefined();
  }
  await expect(perform(doorway, call('PutItem'))).rejects.toThrow();
  faults.clear();
  await expect(perform(doorway, call('PutItem'))).resolves.toBeDefined();
});

test('a caller that is killed gets no answer', async () => {
  const { doorway, faults, killed, effects } = aDoorway();
  faults.add({ when: 'after', effect: 'kill', times: 1 });
  await expect(perform(doorway, call('PutItem'))).rejects.toThrow('crm was killed');
  expect(killed).toEqual(['crm']);
  expect(effects).toEqual(['PutItem']);
});

test('a call that hangs ends neither way', async () => {
  const { doorway, faults } = aDoorway();
  faults.add({ when: 'before', effect: 'hang', times: 1 });
  const ended = jest.fn();
  perform(doorway, call('PutItem')).then(ended, ended);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ended).not.toHaveBeenCalled();
});

test('a fault may break the connection, or let a call take effect twice', async () => {
  const { doorway, effects, faults } = aDoorway();
  faults.add({ operation: 'PutItem', when: 'before', effect: 'reset', times: 1 });
  await expect(perform(doorway, call('PutItem'))).rejects.toBeInstanceOf(NoAnswer);
  faults.add({ operation: 'PutItem', when: 'after', effect: 'repeat', times: 1 });
  await expect(perform(doorway, call('PutItem'))).resolves.toEqual({ json: { done: 'PutItem' } });
  expect(effects).toEqual(['PutItem', 'PutItem']);
});
