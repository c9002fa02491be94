import { verifyCertificate } from '../../cli/erase/verify';
import { aRow, setUpErasure, USER } from './helpers/an-erasure';
import { NOW, QUARANTINE_URL, STACK_ID, TOPIC_DLQ_URL } from './helpers/deps';
import { aParked } from './helpers/queues-in-memory';

const SEARCH_URL = `https://sqs/0/search-${STACK_ID}`;
const SEARCH_DLQ_URL = `${SEARCH_URL}-dlq`;
const RETIRED = { ConsumerQueueUrlSearch: SEARCH_URL };
const TAKING = { ...RETIRED, ConsumingSystems: 'search' };
const at = expect.any(String);

const setUp = (values: Record<string, string>) => {
  const setting = setUpErasure(undefined, values);
  const search = async () => (await setting.certificate()).systems.find(({ system }) => system === 'search');
  const told = () => setting.state.sent.map((body) => JSON.parse(body).data.system as string | undefined);
  return { ...setting, search, told };
};

describe('a system without links that takes events', () => {
  test('is told by an event of its own, and the certificate says no more than that', async () => {
    const { run, state, screen, table, search, told } = setUp(TAKING);
    expect(await run({ yes: false })).toMatchObject({ json: { isErased: false } });
    expect(screen.text()).toContain('search     is told; what it does, it alone can say');
    expect(await run()).toMatchObject({ json: { isErased: true } });
    expect(told()).toEqual([undefined, 'search']);
    expect(JSON.parse(state.sent[1] ?? '')).toMatchObject({
      type: 'user.erase-requested',
      data: { user: { user_id: USER, created_at: new Date(NOW).toISOString() } },
    });
    expect([...table.keys()]).toEqual(['crm', 'help-desk']);
    expect(await search()).toEqual({
      ...{ system: 'search', accounts: [], askedAt: at, readBacks: [], told: [{ at, requestId: 'r' }] },
    });
  });

  test('keeps what waits in its queue, as the request comes behind it', async () => {
    const { run, queues } = setUp(TAKING);
    queues.at(SEARCH_URL).push(aParked());
    expect(await run()).toMatchObject({ json: { isErased: true } });
    expect(queues.at(SEARCH_URL)).toHaveLength(1);
  });

  test('is told before what is parked goes, and of the requests only one in quarantine goes with it', async () => {
    const { run, deps, queues, search } = setUp(TAKING);
    const { fetch } = deps;
    // SNS could not deliver it, the code of its people failed at once, and a filter that is late took it as well.
    deps.fetch = async (url, init) => {
      const body = String(init?.body);
      const parked = { ...aParked(), body };
      for (const queue of [SEARCH_DLQ_URL, TOPIC_DLQ_URL, QUARANTINE_URL])
        if (JSON.parse(body).data.system === 'search') queues.at(queue).push(parked);
      return fetch(url, init);
    };
    queues.at(SEARCH_DLQ_URL).push(aParked());
    expect(await run()).toMatchObject({ json: { isErased: true } });
    const typesIn = (url: string) => queues.at(url).map(({ body }) => JSON.parse(body).type);
    expect([SEARCH_DLQ_URL, TOPIC_DLQ_URL].map(typesIn)).toEqual([
      ['user.erase-requested'],
      ['user.erase-requested'],
    ]);
    expect(typesIn(QUARANTINE_URL)).toEqual([]);
    expect(await search()).toMatchObject({ told: [{ requestId: 'r' }] });
  });

  test('may be done by hand as well, and is told all the same', async () => {
    const { run, search, screen } = setUp(TAKING);
    await run({ byHand: ['search'], yes: false });
    expect(screen.text()).toContain('search     is told; the account is gone, as you say; nobody looks');
    expect(await run({ byHand: ['search'] })).toMatchObject({ json: { isErased: true } });
    expect(await search()).toMatchObject({ told: [{ requestId: 'r' }], byHand: true });
  });
});

describe('a retired system without links', () => {
  test('is rejected before anything is begun, until somebody says that it is done', async () => {
    const { run, state, audit, table } = setUp(RETIRED);
    const before = [...table.values()];
    for (const yes of [false, true])
      await expect(run({ yes })).rejects.toMatchObject({
        ...{ code: 'system-retired', exitCode: 1 },
        hint: expect.stringContaining('--by-hand search'),
      });
    expect({ sent: state.sent, acts: audit.acts, rows: [...table.values()] }).toEqual({
      ...{ sent: [], acts: [], rows: before },
    });
    await expect(run({ byHand: ['serach'] })).rejects.toMatchObject({
      ...{ code: 'no-system', hint: 'There is crm, help-desk, search' },
    });
  });

  test('is certified as done by hand, never as told, and no event goes to it', async () => {
    const { run, deps, saved, screen, search, told } = setUp(RETIRED);
    await run({ byHand: ['search'], yes: false });
    expect(screen.text()).toContain(
      'search     takes no events; the account is gone, as you say; nobody looks',
    );
    expect(await run({ byHand: ['search'] })).toMatchObject({ json: { isErased: true } });
    expect(told()).toEqual([undefined]);
    expect(await search()).toEqual({
      ...{ system: 'search', accounts: [], askedAt: at, readBacks: [], byHand: true },
    });
    const [file = ''] = saved.keys();
    await verifyCertificate({ file }, deps as never);
    expect(screen.text()).toContain('an operator said that the account is gone; nobody looked');
    expect(screen.text()).not.toContain('told ');
  });

  test('loses what waits of the user in its queue and in its DLQ', async () => {
    const { run, queues, certificate, screen } = setUp(RETIRED);
    const other = aParked({ userId: 'auth0|2' });
    queues.at(SEARCH_URL).push(aParked(), other, aParked());
    queues.at(SEARCH_DLQ_URL).push(aParked(), other);
    await run({ byHand: ['search'], yes: false });
    expect(screen.text()).toContain("2 parked in search's queue would be deleted");
    expect(queues.at(SEARCH_URL)).toHaveLength(3);
    expect(await run({ byHand: ['search'] })).toMatchObject({ json: { isErased: true } });
    expect([queues.at(SEARCH_URL), queues.at(SEARCH_DLQ_URL)]).toEqual([[other], [other]]);
    expect((await certificate()).messages).toEqual(
      expect.arrayContaining([
        { queue: "search's queue", deleted: 2 },
        { queue: 'search', deleted: 1 },
      ]),
    );
  });

  test('keeps the certificate from being made while its people have messages in hand', async () => {
    const { run, queues, saved, screen } = setUp(RETIRED);
    queues.at(SEARCH_URL).push(aParked());
    await (await queues.queues()).receive(SEARCH_URL, 60);
    expect(await run({ byHand: ['search'] })).toMatchObject({ exitCode: 1, json: { isErased: false } });
    expect(saved.size).toBe(0);
    expect(screen.text()).toContain("Somebody has messages of search's queue in hand.");
  });

  test('loses also what a look moves from its queue into its DLQ', async () => {
    const { run, deps, queues } = setUp(RETIRED);
    queues.at(SEARCH_URL).push(aParked());
    const memory = await queues.queues();
    const receive: typeof memory.receive = async (url, ...given) => {
      if (url === SEARCH_URL) queues.at(SEARCH_DLQ_URL).push(...queues.at(SEARCH_URL).splice(0));
      return memory.receive(url, ...given);
    };
    deps.queues = async () => ({ ...memory, receive });
    expect(await run({ byHand: ['search'] })).toMatchObject({ json: { isErased: true } });
    expect([queues.at(SEARCH_URL), queues.at(SEARCH_DLQ_URL)]).toEqual([[], []]);
  });
});

describe('a stack that changes while accounts are removed', () => {
  const changed = (status: string, values: Record<string, string>) => {
    const setting = setUp(TAKING);
    setting.deps.describeStack = async () => ({ status, outputs: values });
    return setting;
  };

  test.each([
    ['the system is retired since', 'UPDATE_COMPLETE', RETIRED, 'system-retired'],
    ['a deployment is under way', 'UPDATE_IN_PROGRESS', TAKING, 'stack-busy'],
    ['a deployment takes away what went', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', TAKING, 'stack-busy'],
    ['a deployment is stuck', 'UPDATE_ROLLBACK_FAILED', TAKING, 'stack-busy'],
  ])('fails and tells nobody when %s', async (_, status, values, code) => {
    const { run, told, saved } = changed(status, values);
    await expect(run()).rejects.toMatchObject({ code, exitCode: 1 });
    expect({ told: told(), saved: saved.size }).toEqual({ told: [undefined], saved: 0 });
  });

  test('is not asked for where nobody is to be told', async () => {
    const { run, deps } = setUpErasure([aRow('crm')]);
    deps.describeStack = () => Promise.reject(new Error('asked'));
    expect(await run()).toMatchObject({ json: { isErased: true } });
  });
});
