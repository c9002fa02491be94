import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { CfnOutput } from 'aws-cdk-lib';
import { type CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { buildSync } from 'esbuild';
import { WebSocket } from 'ws';
import { waitFor } from '../../../helpers/wait-for';
import { cdkAssembly } from '../../helpers/cdk-assembly';
import { type SmallRun, startSmallRun } from '../../helpers/small-run';

/** Does what it is asked for, with the client that a real function has. */
const SOCKET = `
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';

async function post(endpoint, ConnectionId, Data) {
  const client = new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1 });
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId, Data }));
    return 'sent';
  } catch (error) {
    return error.name + ' ' + error.$metadata?.httpStatusCode;
  }
}

export async function handler(event) {
  const { connectionId, eventType, domainName, stage } = event.requestContext;
  if (eventType === 'DISCONNECT') console.log('gone ' + JSON.stringify(event.requestContext));
  if (eventType === 'DISCONNECT') return {};
  if (eventType === 'CONNECT') {
    const { mode, status = '200' } = event.queryStringParameters ?? {};
    if (mode === 'throw') throw new Error('no');
    if (mode === 'nothing') return undefined;
    if (mode === 'push') console.log('early ' + (await post(process.env.ENDPOINT, connectionId, 'early')));
    if (mode === 'log') console.log('connect ' + JSON.stringify(event));
    return { statusCode: Number(status), body: 'why' };
  }
  const { action, to = connectionId, data } = JSON.parse(event.body);
  if (action === 'fail') throw new Error('no');
  if (action === 'push') return { statusCode: 200, body: await post(process.env.ENDPOINT, to, data) };
  if (action === 'push-by-context')
    return { statusCode: 200, body: await post('https://' + domainName + '/' + stage, to, data) };
  return { statusCode: 200, body: JSON.stringify(event) };
}`;

const bundled = (contents: string) =>
  buildSync({
    stdin: { contents, resolveDir: join(__dirname, '../../../..') },
    ...{ bundle: true, write: false, platform: 'node', format: 'esm', mainFields: ['module', 'main'] },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }).outputFiles[0]?.text ?? '';

const assembly = () =>
  cdkAssembly((stack, addFunction) => {
    const code = bundled(SOCKET);
    const [ours, stranger] = [addFunction('Ours', code), addFunction('Stranger', code)];
    const to = (id: string, handler = ours) => ({ integration: new WebSocketLambdaIntegration(id, handler) });
    const api = new WebSocketApi(stack, 'Api', {
      connectRouteOptions: to('Connect'),
      disconnectRouteOptions: to('Disconnect'),
    });
    for (const action of ['echo', 'fail', 'push', 'push-by-context', 'limited'])
      api.addRoute(action, { ...to(action), returnResponse: true });
    api.addRoute('silent', to('Silent'));
    const live = new WebSocketStage(stack, 'Live', {
      webSocketApi: api,
      stageName: 'live',
      autoDeploy: true,
    });
    (live.node.defaultChild as CfnStage).addPropertyOverride('RouteSettings', {
      limited: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 },
    });
    live.grantManagementApiAccess(ours);
    const endpoint = `https://${api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}/live`;
    for (const each of [ours, stranger]) each.addEnvironment('ENDPOINT', endpoint);
    const other = new WebSocketApi(stack, 'Other', { routeSelectionExpression: '$request.body.a.b' });
    other.addRoute('push', { ...to('Sneak', stranger), returnResponse: true });
    other.addRoute('$default', { ...to('Rest'), returnResponse: true });
    const otherStage = new WebSocketStage(stack, 'OtherLive', {
      webSocketApi: other,
      stageName: 'live',
      autoDeploy: true,
    });
    new CfnOutput(stack, 'Url', { value: live.url });
    new CfnOutput(stack, 'OtherUrl', { value: otherStage.url });
    new CfnOutput(stack, 'Callback', { value: live.callbackUrl });
  });

let run: SmallRun;
let operator: ApiGatewayManagementApiClient;
beforeAll(async () => {
  run = await startSmallRun(assembly());
  operator = new ApiGatewayManagementApiClient({
    ...{ endpoint: run.outputs.Callback ?? '', region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}, 60_000);
const clients: Client[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.terminate();
});
afterAll(() => run.stop());

/** A browser, as far as we need one. */
class Client {
  readonly messages: string[] = [];
  readonly ended: Promise<[number, string]>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.messages.push(String(data)));
    this.ended = new Promise((resolve) => socket.on('close', (code, why) => resolve([code, String(why)])));
    clients.push(this);
  }

  /** Rejects with the status of a handshake that is refused. */
  static connect(url = run.outputs.Url ?? '', query = ''): Promise<Client> {
    const socket = new WebSocket(`${url}${query}`, { headers: { 'X-Note': 'hello' } });
    const client = new Client(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('error', reject);
    });
  }

  /** The answer to a message. */
  async ask(message: object | string): Promise<string> {
    const before = this.messages.length;
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    return waitFor('an answer', async () => this.messages[before]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: whatever the function got
  async askJson(message: object): Promise<any> {
    return JSON.parse(await this.ask(message));
  }
}

describe('a connection', () => {
  test('is asked about with its query and headers, and is refused with the status that the function says', async () => {
    expect(run.outputs.Url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/live$/);
    await Client.connect(undefined, '?mode=log&ticket=a%20b&ticket=c');
    const line = await waitFor('the log', async () => /connect (\{.*\})/.exec(run.log('Ours'))?.[1]);
    expect(JSON.parse(line)).toMatchObject({
      headers: { 'X-Note': 'hello' },
      queryStringParameters: { mode: 'log', ticket: 'c' },
      multiValueQueryStringParameters: { ticket: ['a b', 'c'] },
      requestContext: { eventType: 'CONNECT', routeKey: '$connect', stage: 'live', messageDirection: 'IN' },
      isBase64Encoded: false,
    });
    await expect(Client.connect(undefined, '?status=401')).rejects.toThrow('Unexpected server response: 401');
    await expect(Client.connect(undefined, '?status=302')).rejects.toThrow('302');
  });

  test('fails with 502 when the function does, or says no status, and with 403 for a stage that is not there', async () => {
    await expect(Client.connect(undefined, '?mode=throw')).rejects.toThrow('502');
    await expect(Client.connect(undefined, '?mode=nothing')).rejects.toThrow('502');
    await expect(Client.connect(run.outputs.Url?.replace('/live', '/other'))).rejects.toThrow('403');
  });

  test('that ends is told of, with how it ended', async () => {
    const client = await Client.connect();
    const { connectionId } = (await client.askJson({ action: 'echo' })).requestContext;
    client.socket.close(4001, 'enough');
    const line = await waitFor('the end', async () =>
      run
        .log('Ours')
        .split('\n')
        .find((one) => one.includes('gone') && one.includes(connectionId)),
    );
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({
      ...{ eventType: 'DISCONNECT', routeKey: '$disconnect' },
      ...{ disconnectStatusCode: 4001, disconnectReason: 'enough' },
    });
  });
});

describe('a message', () => {
  test('goes to the route that it selects, and the answer comes back where the route has a response', async () => {
    const client = await Client.connect();
    const event = await client.askJson({ action: 'echo', data: 'é' });
    expect(event).toMatchObject({ body: '{"action":"echo","data":"é"}', isBase64Encoded: false });
    expect(event.headers).toBeUndefined();
    expect(event.requestContext).toMatchObject({
      ...{ eventType: 'MESSAGE', routeKey: 'echo', messageId: expect.any(String) },
      connectionId: expect.stringMatching(/^[\w-]{15}=$/),
    });
    client.socket.send('{"action":"silent"}');
    await client.ask({ action: 'echo' });
    expect(client.messages).toHaveLength(2);
  });

  test('that selects nothing goes to $default', async () => {
    const client = await Client.connect(run.outputs.OtherUrl);
    for (const message of [{ a: { b: 'unknown' }, action: 'x' }, { a: { b: '$connect' } }, { a: [] }])
      expect((await client.askJson(message)).requestContext.routeKey).toBe('$default');
    expect(JSON.parse(await client.ask('no JSON'))).toMatchObject({ message: 'Internal server error' });
  });

  test('fails as the function does, and without a route', async () => {
    const client = await Client.connect();
    const words = { connectionId: expect.any(String), requestId: expect.any(String) };
    expect(await client.askJson({ action: 'fail' })).toEqual({ message: 'Internal server error', ...words });
    for (const message of ['{"action":"unknown"}', '{}', 'no JSON', '{"action":"$disconnect"}'])
      expect(JSON.parse(await client.ask(message))).toEqual({ message: 'Forbidden', ...words });
  });

  test('fails beyond the limit of its route', async () => {
    const client = await Client.connect();
    await client.ask({ action: 'limited' });
    expect(await client.askJson({ action: 'limited' })).toMatchObject({ message: 'Too Many Requests' });
  });

  test('ends the connection when it is in one frame that is too long, and when it is binary', async () => {
    const [large, binary] = [await Client.connect(), await Client.connect()];
    large.socket.send(JSON.stringify({ action: 'echo', data: 'x'.repeat(32_000) }));
    await waitFor('the answer', async () => large.messages.length === 1);
    large.socket.send(JSON.stringify({ action: 'echo', data: 'x'.repeat(33_000) }));
    expect((await large.ended)[0]).toBe(1009);
    expect(large.messages).toHaveLength(1);
    binary.socket.send(Buffer.from([1]));
    expect((await binary.ended)[0]).toBe(1003);
  });

  test('of more than 128 kB ends it in small frames, too', async () => {
    const client = await Client.connect();
    for (let frame = 0; frame < 9; frame += 1) client.socket.send('x'.repeat(16_000), { fin: frame === 8 });
    expect((await client.ended)[0]).toBe(1009);
  });
});

describe('a push', () => {
  const idOf = async (client: Client) =>
    (await client.askJson({ action: 'echo' })).requestContext.connectionId;

  test('reaches another client from a function that may, by both of its addresses', async () => {
    const [one, other] = [await Client.connect(), await Client.connect()];
    const to = await idOf(other);
    for (const action of ['push', 'push-by-context'])
      expect(await one.ask({ action, to, data: `by ${action}` })).toBe('sent');
    await waitFor('both', async () => other.messages.length === 3);
    expect(other.messages.slice(1)).toEqual(['by push', 'by push-by-context']);
  });

  test('is refused while the client is not let in yet', async () => {
    await Client.connect(undefined, '?mode=push');
    await waitFor('the log', async () => run.log('Ours').includes('early GoneException 410'));
  });

  test('is refused to a function without the right to it', async () => {
    const [client, stranger] = [await Client.connect(), await Client.connect(run.outputs.OtherUrl)];
    const message = { a: { b: 'push' }, action: 'push', to: await idOf(client), data: 'x' };
    expect(await stranger.ask(message)).toBe('AccessDeniedException 403');
  });

  test('fails as gone when nobody is there, or is at another API', async () => {
    const [client, stranger] = [await Client.connect(), await Client.connect(run.outputs.OtherUrl)];
    const { connectionId } = (await stranger.askJson({})).requestContext;
    for (const to of ['L0SM9cOFvHcCIhw=', connectionId])
      expect(await client.ask({ action: 'push', to, data: 'x' })).toBe('GoneException 410');
    expect(await client.ask({ action: 'push', to: 'nobody', data: 'x' })).toBe('BadRequestException 400');
    const gone = await idOf(client);
    client.socket.close();
    await client.ended;
    const push = operator.send(new PostToConnectionCommand({ ConnectionId: gone, Data: 'x' }));
    await expect(push).rejects.toMatchObject({ name: 'GoneException' });
  });

  test('is counted, may be made to fail, and is refused when too large', async () => {
    const client = await Client.connect();
    const to = await idOf(client);
    const push = (data: string) => client.ask({ action: 'push', to, data });
    const fault = { service: 'execute-api', operation: 'PostToConnection', caller: 'Ours' } as const;
    await run.fault({
      ...fault,
      when: 'before',
      effect: 'error',
      status: 410,
      code: 'GoneException',
      times: 1,
    });
    expect(await push('x')).toBe('GoneException 410');
    const calls = await run.calls();
    expect(calls.find(({ service, caller }) => service === 'execute-api' && caller === 'Ours')).toMatchObject(
      {
        ...{ operation: 'PostToConnection', resource: expect.stringMatching(/^[a-z0-9]{10}$/) },
      },
    );
    const large = operator.send(new PostToConnectionCommand({ ConnectionId: to, Data: 'x'.repeat(131_073) }));
    await expect(large).rejects.toMatchObject({ name: 'PayloadTooLargeException' });
  });

  test('is not all that a backend may do: it looks at connections and ends them', async () => {
    const client = await Client.connect();
    const ConnectionId = await idOf(client);
    const found = await operator.send(new GetConnectionCommand({ ConnectionId }));
    expect(found.Identity?.SourceIp).toBe('127.0.0.1');
    expect(found.ConnectedAt).toBeInstanceOf(Date);
    await operator.send(new DeleteConnectionCommand({ ConnectionId }));
    expect((await client.ended)[0]).toBe(1000);
  });

  test('is refused to whoever signs nothing', async () => {
    const answer = await fetch(`${run.outputs.Callback}/@connections/a`, { method: 'POST', body: 'x' });
    expect([answer.status, await answer.text()]).toEqual([403, '{"message":"Missing Authentication Token"}']);
  });
});
