import { createExecuteApiService } from '../../../local/aws/execute-api/execute-api-service';
import { API_KEY, type EventApi, startEventApi } from './helpers/an-event-api';

const HOST = 'sockets.execute-api.us-east-1.amazonaws.com';

let api: EventApi;
beforeEach(async () => {
  api = await startEventApi({ accountLimit: { rate: 10, burst: 20 } });
});
afterEach(() => api.close());

/** How a push ends to a connection that is gone: what counts is that API Gateway was asked. */
const push = () =>
  createExecuteApiService({ ...api.apis, hasStage: () => true })
    .handle('PostToConnection', { Host: HOST, Stage: 'live', ConnectionId: 'L0SM9cOFvHcCIhw=', Data: '{}' })
    .catch(({ status }: { status: number }) => status);

const sendEvent = async () => {
  const headers = { 'x-api-key': API_KEY };
  return (await fetch(`${api.url}store?message=%7B%7D`, { headers })).status;
};

const times = async <Value>(count: number, act: () => Promise<Value>) => {
  const values: Value[] = [];
  for (let done = 0; done < count; done += 1) values.push(await act());
  return values;
};

test('events and pushes draw from the one limit of the account', async () => {
  expect(new Set(await times(20, push))).toEqual(new Set([410]));
  expect(await push()).toBe(429);
  expect(await sendEvent()).toBe(429);
  api.now += 1_000;
  expect(await times(10, sendEvent)).toEqual(Array(10).fill(202));
  expect(await sendEvent()).toBe(429);
});

test('pushes that are held at a rate of their own leave the rest to events', async () => {
  await times(20, push);
  const statuses: number[] = [];
  for (let seconds = 0; seconds < 10; seconds += 1) {
    api.now += 1_000;
    await times(4, push);
    statuses.push(...(await times(6, sendEvent)));
  }
  expect(statuses).toEqual(Array(60).fill(202));
});
