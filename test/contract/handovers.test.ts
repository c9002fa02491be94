import type { HandoverOrder } from '../../lambdas/connectors/hand-over/handover';
import { createMapping } from '../../lambdas/connectors/intent/mapping';
import type { FaultName } from '../../local/faults/named-faults';
import { anAccountRequest } from '../helpers/account-request';
import { aWorker } from '../lambdas/connectors/helpers/a-worker';
import type { HandoverSubject } from './helpers/handover-subject';
import { HANDOVER_KINDS } from './helpers/kinds';

describe.each(Object.entries(HANDOVER_KINDS))('a system of kind %s', (_, { start, contract }) => {
  let subject: HandoverSubject;
  let orders = 0;
  beforeAll(async () => {
    subject = await start();
  });
  afterAll(() => subject?.stop());
  afterEach(() => subject.heal());

  const anOrder = (): HandoverOrder => {
    const request = anAccountRequest({ user_id: `auth0|order-${++orders}` }, { rules: subject.rules });
    return { id: `msg_${orders}`, wanted: 'present', request, sequence: orders, since: Date.now() };
  };
  const faults = Object.entries(contract) as [FaultName, { code: string } | undefined][];

  test.each(faults)('that has %s keeps the promise of delivery', async (fault, failure) => {
    const order = anOrder();
    await subject.fail({ fault });
    const delivery = subject.handover.deliver(order);
    if (failure === undefined) await expect(delivery).resolves.toBeUndefined();
    else await expect(delivery).rejects.toMatchObject(failure);
  });

  test.each(faults)('that has %s once is told the same under one id, and has one account', async (fault) => {
    const worker = aWorker({ connector: subject.handover, mapping: createMapping(subject.rules) });
    const before = (await subject.told()).length;
    const user = { user_id: `auth0|told-${fault}`, username: fault };
    await subject.fail({ fault, times: 1 });
    for (let left = 5; left > 0; left--) {
      const outcome = await worker.tell('user.registered', user);
      if (outcome.kind !== 'retry') break;
      worker.clock.now += outcome.afterMs;
    }
    expect(worker.link(user.user_id)).toMatchObject({ state: 'handed-over' });
    expect(new Set((await subject.told()).slice(before)).size).toBe(1);
    expect(await subject.accounts(`acme/dev/${user.user_id}`)).toHaveLength(1);
  });
});
