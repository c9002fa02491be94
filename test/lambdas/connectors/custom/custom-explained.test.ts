import desk from '../../../../examples/systems/ticket-desk';
import { createCustomConnector } from '../../../../lambdas/connectors/custom/custom-connector';
import { customExplained } from '../../../../lambdas/connectors/custom/custom-explained';
import { shownRequest } from '../../../../lambdas/connectors/explain/shown-request';
import type { HttpRequest } from '../../../../lambdas/runtime/http';
import { sameNames } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { anEvent } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { anExplainingWorker, stepOf } from '../explain/helpers/an-explaining-worker';

const BASE = 'https://desk.example.com/api';
const AGENT = {
  ...{ id: 'agent-1', reference: 'acme/dev/auth0|1', suspended: false },
  profile: { email: 'old@example.com' },
};

const failing = async (): Promise<never> => {
  throw new Error('not of this kind');
};

/** A worker of the desk of the example, which has `agents`. */
function aDesk(agents: readonly (typeof AGENT)[]) {
  const requests: HttpRequest[] = [];
  const defects: unknown[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    const one = agents.find(({ id }) => request.url.endsWith(`/agents/${id}`));
    const body = request.url.includes('?') ? { agents, total: agents.length } : one;
    return body === undefined ? anAnswer(404) : anAnswer(200, body);
  };
  const worker = anExplainingWorker({
    over: (transport) =>
      createCustomConnector(desk, {
        ...{ baseUrl: BASE, settings: { team: 'support' }, http: transport.http, now: Date.now },
        ...{ token: async () => 'a-key-that-nobody-sees', timeoutMs: 1_000, verbMs: 1_000 },
        onDefect: (...defect) => void defects.push(defect),
      }),
    ...{ kind: customExplained(BASE, desk), rules: sameNames('email') },
    transport: { http, dynamoDb: { send: failing }, putEvent: failing },
    ...(agents.length > 0 && {
      link: aLink({ state: 'linked', accountId: 'agent-1', ownership: 'created', applied: 'else' }),
    }),
  });
  return { ...worker, requests, defects };
}

const event = anEvent({ type: 'user.updated', user: { updated_at: '2026-11-20T09:59:59.500Z' } });

test('the request that would make the account is shown, masked but for what is plain, and not sent', async () => {
  const { ask, requests, defects } = aDesk([]);
  const explained = await ask({ event });
  expect(stepOf(explained, 'find').requests).toMatchObject([
    { line: `GET ${BASE}/agents?reference=•••`, sent: true },
  ]);
  expect(stepOf(explained, 'send').requests).toEqual([
    {
      line: `POST ${BASE}/agents`,
      headers: { accept: 'application/json', 'content-type': 'application/json', 'x-api-key': '•••' },
      body: { reference: '•••', team: 'support', suspended: false, profile: { email: '•••' } },
      sent: false,
    },
  ]);
  expect(requests.map(({ method }) => method)).toEqual(['GET']);
  // What was kept is no fault of the connector.
  expect(defects).toEqual([]);
});

test.each([
  ['/agents', {}, '/agents/•••'],
  ['', {}, '/•••/•••'],
  ['', desk, '/agents/•••'],
])('whom a request is about is not in its path, where the base ends with "%s"', (end, definition, path) => {
  const request = {
    method: 'GET',
    url: `${BASE}/agents/ada%40example.com`,
    headers: {},
    timeoutMs: 1,
  } as const;
  const call = { by: 'http', sent: true, request } as const;
  const { line } = shownRequest(call, customExplained(`${BASE}${end}`, definition), false);
  expect(line).toBe(`GET ${BASE}${path}`);
});

test('what an account shows is compared with what is wanted', async () => {
  const { ask, requests } = aDesk([AGENT]);
  const explained = await ask({ event, reveal: true });
  const [request] = stepOf(explained, 'send').requests;
  expect(request).toMatchObject({
    line: `PATCH ${BASE}/agents/agent-1`,
    body: { profile: { email: event.data.user.email } },
    headers: { 'x-api-key': '•••' },
    sent: false,
  });
  expect(requests.every(({ method }) => method === 'GET')).toBe(true);
});
