import {
  createStatusHandler,
  type StatusEvent,
  type StatusRoutes,
} from '../../../lambdas/status/api/handle-status';

const answering = (body: string) => async () => ({ statusCode: 200, body });
const ROUTES: StatusRoutes = {
  ...{ page: answering('page'), snapshot: answering('snapshot'), readiness: answering('readiness') },
  ...{ connect: answering('connect'), said: answering('said') },
  unavailable: () => ({ statusCode: 503, body: 'the page for when nothing works' }),
};

const aCall = (routeKey: string, method: string) =>
  ({ routeKey, requestContext: { routeKey, http: { method } } }) as StatusEvent;
const aKnock = (routeKey: string) => ({ requestContext: { routeKey, connectionId: 'c1' } }) as StatusEvent;

async function answerTo(event: StatusEvent, routes: StatusRoutes = ROUTES): Promise<string | undefined> {
  const handle = createStatusHandler({ routes, log: () => {}, metrics: () => {} });
  return (await handle(event)).body;
}

test.each<[string, StatusEvent]>([
  ['page', aCall('ANY /', 'GET')],
  ['page', aCall('ANY /', 'HEAD')],
  ['readiness', aCall('ANY /', 'POST')],
  ['readiness', aCall('ANY /', 'DELETE')],
  ['readiness', aCall('POST /readiness', 'POST')],
  ['snapshot', aCall('POST /snapshot', 'POST')],
  ['connect', aKnock('$connect')],
  ['said', aKnock('snapshot')],
])('%s is the answer (%#)', async (expected, event) => {
  expect(await answerTo(event)).toBe(expected);
});

test('who looks at the page sees one that says so where nothing works, and who asks is told so', async () => {
  const fail = () => Promise.reject(new Error('away'));
  const broken = { ...ROUTES, page: fail, readiness: fail };
  expect(await answerTo(aCall('ANY /', 'GET'), broken)).toBe('the page for when nothing works');
  expect(await answerTo(aCall('ANY /', 'POST'), broken)).toBe('{"code":"unavailable"}');
});
