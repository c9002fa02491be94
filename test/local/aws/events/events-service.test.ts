import { createEventBuses, type PutEntry } from '../../../../local/aws/events/event-buses';
import { createEventsService } from '../../../../local/aws/events/events-service';
import { type BusListener, startBusListener } from '../../../../local/remotes/bus-listener';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/accounts';

function aService({ mayEncrypt = true } = {}) {
  const buses = createEventBuses();
  const heard: PutEntry[] = [];
  buses.add(BUS);
  buses.listen(BUS, async (entry, answer) => {
    heard.push(entry);
    return { entry: answer };
  });
  const service = createEventsService({ buses, mayEncrypt: () => mayEncrypt });
  const put = async (...entries: object[]) =>
    (await service.handle('PutEvents', { Entries: entries })).json as {
      FailedEntryCount: number;
      Entries: { EventId?: string; ErrorCode?: string }[];
    };
  return { buses, service, put, heard };
}

const entry = (fields: object = {}) => ({
  ...{ EventBusName: BUS, Source: 'urn:punctual:acme', DetailType: 'account.wanted', Detail: '{"a":1}' },
  ...fields,
});

test('an event is heard by who listens to its bus, by name or ARN', async () => {
  const { put, heard } = aService();
  expect(await put(entry(), entry({ EventBusName: 'accounts' }))).toEqual({
    FailedEntryCount: 0,
    Entries: [{ EventId: expect.any(String) }, { EventId: expect.any(String) }],
  });
  expect(heard).toEqual(
    Array(2).fill({ source: 'urn:punctual:acme', type: 'account.wanted', detail: '{"a":1}' }),
  );
});

test('an event for a bus that is not there counts as taken and is gone, as on AWS', async () => {
  const { put, heard } = aService();
  for (const EventBusName of [BUS.replace('accounts', 'other'), undefined]) {
    expect(await put(entry({ EventBusName }))).toMatchObject({ FailedEntryCount: 0 });
  }
  expect(heard).toEqual([]);
});

test('so does one on a bus whose key EventBridge may not use', async () => {
  const { put, heard } = aService({ mayEncrypt: false });
  expect(await put(entry())).toMatchObject({ FailedEntryCount: 0 });
  expect(heard).toEqual([]);
});

test.each([
  [{ Source: 'aws.ec2' }, 'NotAuthorizedForSourceException'],
  [{ Source: '' }, 'InvalidArgument'],
  [{ DetailType: undefined }, 'InvalidArgument'],
  [{ Detail: '{' }, 'MalformedDetail'],
  [{ Detail: '[1]' }, 'MalformedDetail'],
])('rejects an entry with %j alone, in an answer that is none', async (fields, ErrorCode) => {
  const { put, heard } = aService();
  const { FailedEntryCount, Entries } = await put(entry(fields), entry());
  expect([FailedEntryCount, Entries[0]?.ErrorCode, Entries[1]?.ErrorCode]).toEqual([1, ErrorCode, undefined]);
  expect(heard).toHaveLength(1);
});

test.each([
  ['no entries', []],
  ['eleven entries', Array.from({ length: 11 }, () => entry())],
  ['more than 1 MiB', [entry({ Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) })]],
])('rejects a call with %s as a whole', async (_, Entries) => {
  const { service, heard } = aService();
  const call = service.handle('PutEvents', { Entries });
  await expect(call).rejects.toMatchObject({ code: 'ValidationException', status: 400 });
  expect(heard).toEqual([]);
});

test('rejects operations it does not have by name', async () => {
  const { service } = aService();
  await expect(service.handle('PutRule', {})).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});

describe('systems behind one bus', () => {
  const listeners: BusListener[] = [];
  afterAll(() => Promise.all(listeners.map(({ stop }) => stop())));

  test('each hear what is for them, and one that is down breaks the connection for its own alone', async () => {
    const { buses, put } = aService();
    for (const name of ['payroll', 'badge']) {
      const listener = await startBusListener({ name, now: Date.now, kill: () => undefined }, 0);
      listeners.push(listener);
      buses.listen(BUS, listener.listener);
    }
    const told = (system: string) =>
      entry({ Detail: JSON.stringify({ id: system, data: { system, wanted: 'present', sequence: 1 } }) });
    await put(told('payroll'));
    await listeners[0]?.down();
    await put(told('badge'));
    await expect(put(told('payroll'))).rejects.toThrow('payroll is down');
    await listeners[0]?.up();
    await put(told('payroll'));
    const shown = await Promise.all(
      listeners.map(async ({ url }) => (await (await fetch(url)).json()) as { messages: { id: string }[] }),
    );
    expect(shown.map(({ messages }) => messages.map(({ id }) => id))).toEqual([
      ['payroll', 'payroll'],
      ['badge'],
    ]);
    expect(await listeners[0]?.count()).toEqual({
      accounts: 1,
      duplicates: 0,
      calls: { 'POST /': 2 },
      faulted: 0,
    });
  });
});
