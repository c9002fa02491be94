import type { Instance } from '../../../local/functions/instance/instance';
import { InstancePool } from '../../../local/functions/instance-pool';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Instances whose invocations end when the test says so. */
function aPool(utilization = 0) {
  const ends: (() => void)[] = [];
  let started = 0;
  const start = (): Instance => {
    started += 1;
    let alive = true;
    return {
      alive: () => alive,
      utilization: () => utilization,
      ended: new Promise(() => undefined),
      kill: async () => {
        alive = false;
      },
      invoke: () =>
        new Promise((resolve) => ends.push(() => resolve({ requestId: 'r', ok: true, result: null }))),
    };
  };
  const pool = new InstancePool(start, () => 0);
  const finish = async () => {
    ends.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { pool, finish, started: () => started };
}

test('nothing is started before there is something to do', async () => {
  const { pool, started } = aPool();
  (await pool.takeSeat()).release();
  expect(started()).toBe(0);
});

test('an idle instance is used again', async () => {
  const { pool, finish, started } = aPool();
  for (let round = 0; round < 3; round += 1) {
    const invocation = (await pool.takeSeat()).invoke({});
    await finish();
    await invocation;
  }
  expect(started()).toBe(1);
  expect([pool.instances, pool.busy]).toEqual([1, 0]);
});

test('who waits for the answer gets an instance soon, however busy the others are', async () => {
  const { pool, started } = aPool(1);
  void (await pool.takeSeat()).invoke({});
  const second = pool.takeSeat(50);
  await jest.advanceTimersByTimeAsync(50);
  void (await second).invoke({});
  expect(started()).toBe(2);
});

test('many who wait get one after the other, and share what is free first', async () => {
  const { pool, finish, started } = aPool(1);
  const seats = Array.from({ length: 20 }, async () => {
    const seat = await pool.takeSeat(50);
    void seat.invoke({}).then(() => finish());
  });
  await jest.advanceTimersByTimeAsync(120);
  expect(started()).toBe(3);
  await finish();
  await jest.advanceTimersByTimeAsync(60);
  await Promise.all(seats);
  expect(started()).toBeLessThan(6);
});

test('work waits a while for a busy instance', async () => {
  const { pool, finish, started } = aPool();
  void (await pool.takeSeat()).invoke({});
  const second = pool.takeSeat();
  await jest.advanceTimersByTimeAsync(200);
  await finish();
  void (await second).invoke({});
  expect(started()).toBe(1);
});

test('another instance is started when all stay busy', async () => {
  const { pool, started } = aPool();
  void (await pool.takeSeat()).invoke({});
  const second = pool.takeSeat();
  await jest.advanceTimersByTimeAsync(250);
  void (await second).invoke({});
  expect(started()).toBe(2);
  expect(pool.busy).toBe(2);
});

test('no other is started while all compute: they share the same processors', async () => {
  const { pool, finish, started } = aPool(0.9);
  void (await pool.takeSeat()).invoke({});
  const second = pool.takeSeat();
  await jest.advanceTimersByTimeAsync(5000);
  await finish();
  void (await second).invoke({});
  expect(started()).toBe(1);
});

test('a seat whose instance was killed meanwhile starts a new one', async () => {
  const { pool, finish, started } = aPool();
  const first = (await pool.takeSeat()).invoke({});
  await finish();
  await first;
  const seat = await pool.takeSeat();
  expect(await pool.kill()).toBe(1);
  void seat.invoke({});
  expect(started()).toBe(2);
  expect(pool.instances).toBe(1);
});
