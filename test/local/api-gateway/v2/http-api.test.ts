import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { waitFor } from '../../../helpers/wait-for';
import { cdkAssembly } from '../../helpers/cdk-assembly';
import { type SmallRun, startSmallRun } from '../../helpers/small-run';

const ISSUER = 'https://tenant.example.com/';

/** Answers what it was asked for, and says what it got without that. */
const ECHO = `
export async function handler(event) {
  const mode = event.queryStringParameters?.mode;
  if (mode === 'own') return process.env.OWN;
  if (mode === 'throw') throw new Error('no');
  if (mode === 'hang') await new Promise((resolve) => setTimeout(resolve, 2000));
  if (mode === 'text') return 'plain';
  if (mode === 'nothing') return undefined;
  if (mode === 'answer') return JSON.parse(event.body);
  return event;
}`;

const assembly = () =>
  cdkAssembly((stack, addFunction) => {
    const echo = addFunction('Echo', ECHO);
    const silent = addFunction('Silent', ECHO);
    const api = new HttpApi(stack, 'Api', {
      apiName: 'echo',
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['https://app.example.com'],
        allowMethods: [CorsHttpMethod.GET],
        allowHeaders: ['authorization'],
        maxAge: Duration.minutes(1),
      },
    });
    const add = (path: string, method = HttpMethod.ANY, handler = echo) =>
      api.addRoutes({ path, methods: [method], integration: new HttpLambdaIntegration('Echo', handler) });
    add('/');
    add('/users/{id}');
    add('/users/me', HttpMethod.GET);
    add('/users/{id}/links/{system}', HttpMethod.PUT);
    add('/files/{path+}', HttpMethod.GET);
    add('/files/{path+}');
    add('/limited', HttpMethod.GET);
    add('/forbidden', HttpMethod.GET, silent);
    const authorizer = new HttpJwtAuthorizer('Jwt', ISSUER, { jwtAudience: ['https://punctual/test'] });
    const own = new HttpLambdaIntegration('Own', echo);
    const guarded = { integration: own, authorizer, authorizationScopes: ['read:me'] };
    api.addRoutes({ path: '/me', methods: [HttpMethod.GET], ...guarded });
    const slow = new HttpLambdaIntegration('Slow', echo, { timeout: Duration.millis(500) });
    api.addRoutes({ path: '/slow', methods: [HttpMethod.GET], integration: slow });
    for (const permission of stack.node.findAll().filter((child) => child instanceof CfnPermission))
      if (permission.node.path.includes('forbidden')) permission.action = 'lambda:GetFunction';
    const stage = new HttpStage(stack, 'Stage', {
      ...{ httpApi: api, stageName: '$default', autoDeploy: true },
      throttle: { rateLimit: 1000, burstLimit: 1000 },
      accessLogSettings: { destination: new LogGroupLogDestination(new LogGroup(stack, 'Log')) },
    });
    const raw = stage.node.defaultChild as CfnStage;
    raw.addPropertyOverride(
      'AccessLogSettings.Format',
      '$context.routeKey $context.status $context.integrationErrorMessage',
    );
    raw.addPropertyOverride('RouteSettings', {
      'GET /limited': { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
    });
    const domain = `${api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`;
    echo.addEnvironment('OWN', `https://${domain}/a wss://${domain}/b https://other.example.com/c`);
    new CfnOutput(stack, 'Url', { value: api.apiEndpoint });
    new CfnOutput(stack, 'Base', { value: stage.url });
  });

let run: SmallRun;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
const issuer = createServer((asking, answer) => {
  void exportJWK(keys.publicKey).then((key) => {
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: ISSUER, jwks_uri: `${ISSUER}.well-known/jwks.json` },
      '/.well-known/jwks.json': { keys: [{ ...key, kid: 'one' }] },
    };
    answer.end(JSON.stringify(documents[asking.url ?? '']));
  });
});
beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  await new Promise<void>((done) => issuer.listen(0, '127.0.0.1', done));
  const { port } = issuer.address() as AddressInfo;
  run = await startSmallRun(assembly(), {
    origins: { 'https://tenant.example.com': `http://127.0.0.1:${port}` },
  });
}, 60_000);
afterAll(async () => {
  await run.stop();
  issuer.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the function got
  readonly json: any;
}

/** Sends a path as it is, which `fetch` would normalize. */
function send(path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { method = 'GET', headers = {}, body } = init;
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(run.outputs.Url ?? '');
    const asking = request({ hostname, port, path, method, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      const json = /^[{[]/.test(text) ? JSON.parse(text) : undefined;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
    });
    asking.on('error', reject).end(body);
  });
}

describe('addresses', () => {
  test('outputs lead to this machine, with the slash that the stage has', () => {
    expect(run.outputs.Url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(run.outputs.Base).toBe(`${run.outputs.Url}/`);
  });

  test('of APIs lead to this machine in what a function is configured with, too', async () => {
    const { text } = await send('/?mode=own');
    const own = run.outputs.Url ?? '';
    expect(text).toBe(`${own}/a ${own.replace('http', 'ws')}/b https://other.example.com/c`);
  });
});

describe('what a function gets', () => {
  test('is payload format 2.0', async () => {
    const { json, headers } = await send('/users/auth0%7Cabc?a=1&a=2&b=x%20y', {
      headers: { 'x-note': 'one', cookie: 'a=1,2; b=2', 'user-agent': 'test' },
    });
    expect(json).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /users/{id}',
      rawPath: '/users/auth0|abc',
      rawQueryString: 'a=1&a=2&b=x%20y',
      cookies: ['a=1,2', 'b=2'],
      headers: { 'x-note': 'one', 'x-forwarded-proto': 'https' },
      queryStringParameters: { a: '1,2', b: 'x y' },
      pathParameters: { id: 'auth0|abc' },
      isBase64Encoded: false,
    });
    expect(json.headers.cookie).toBeUndefined();
    expect(json.body).toBeUndefined();
    expect(json.requestContext).toMatchObject({
      accountId: '000000000000',
      routeKey: 'ANY /users/{id}',
      stage: '$default',
      http: {
        method: 'GET',
        path: '/users/auth0|abc',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: headers['apigw-requestid'],
      time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    });
    expect(json.requestContext.domainName).toBe(
      `${json.requestContext.apiId}.execute-api.us-east-1.amazonaws.com`,
    );
  });

  test('holds a JSON body as text and a form in base64', async () => {
    const post = (type: string, body: string) =>
      send('/', { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('application/problem+json; charset=utf-8', '{"é":1}')).json).toMatchObject({
      ...{ body: '{"é":1}', isBase64Encoded: false },
    });
    expect((await post('application/x-www-form-urlencoded', 'a=b')).json).toMatchObject({
      ...{ body: Buffer.from('a=b').toString('base64'), isBase64Encoded: true },
    });
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/', 'ANY /'],
    ['GET', '/users/me', 'GET /users/me'],
    ['POST', '/users/me', 'ANY /users/{id}'],
    ['PUT', '/users/u/links/crm', 'PUT /users/{id}/links/{system}'],
    ['GET', '/files/a/b', 'GET /files/{path+}'],
    ['DELETE', '/files/a', 'ANY /files/{path+}'],
  ])('%s %s is for %s', async (method, path, routeKey) => {
    expect((await send(path, { method })).json).toMatchObject({ routeKey });
  });

  test('of an encoded path see it decoded: a slash divides, and nothing after a question mark arrives', async () => {
    expect((await send('/users/a%40b%23c')).json.pathParameters).toEqual({ id: 'a@b#c' });
    expect((await send('/users/a%2Fb')).status).toBe(404);
    expect((await send('/users/a%3Fb')).json).toMatchObject({
      rawPath: '/users/a',
      pathParameters: { id: 'a' },
    });
    expect((await send('/users/a%252Fb')).json.pathParameters).toEqual({ id: 'a%2Fb' });
  });

  test.each(['/unknown', '/users', '/users/', '/users/a/', '/files', '/files/'])(
    'rejects %s',
    async (path) => {
      expect(await send(path)).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
    },
  );
});

describe('what a client gets', () => {
  const ask = (answer: object) =>
    send('/?mode=answer', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });

  test('is status, headers, cookies and body of the function', async () => {
    const { status, headers, text } = await ask({
      ...{ statusCode: 201, headers: { 'X-A': 1, 'Content-Type': 'text/html' }, cookies: ['a=1', 'b=2'] },
      ...{ body: Buffer.from('<p>é').toString('base64'), isBase64Encoded: true },
    });
    expect({ status, text }).toEqual({ status: 201, text: '<p>é' });
    expect(headers).toMatchObject({ 'x-a': '1', 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] });
  });

  test('has the length that it has, whatever the function says', async () => {
    const headers = { 'Content-Length': '1000', 'Transfer-Encoding': 'chunked' };
    const long = await ask({ statusCode: 200, headers, body: 'short' });
    expect([long.text, long.headers['content-length']]).toEqual(['short', '5']);
    expect(await ask({ statusCode: 304, headers, body: 'none' })).toMatchObject({ status: 304, text: '' });
  });

  test('is the result itself where it says no status', async () => {
    expect((await ask({ a: 1 })).json).toEqual({ a: 1 });
    const text = await send('/?mode=text');
    expect([text.status, text.text, text.headers['content-type']]).toEqual([
      200,
      'plain',
      'application/json',
    ]);
    expect((await send('/?mode=nothing')).text).toBe('null');
  });

  test('has a type, and no body where nobody asked for one', async () => {
    expect((await ask({ statusCode: 204 })).headers['content-type']).toBe('text/plain; charset=utf-8');
    const head = await send('/?mode=text', { method: 'HEAD' });
    expect([head.text, head.headers['content-length']]).toEqual(['', '5']);
  });

  test.each([
    { statusCode: 'often' },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: { a: [] } },
    { statusCode: 200, headers: { a: 'b\r\nset-cookie: c' } },
    { statusCode: 100 },
  ])('fails for %j', async (answer) => {
    expect(await ask(answer)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });

  test('fails as the function does, when it is too slow, and when nobody may invoke it', async () => {
    const failed = { status: 500, text: '{"message":"Internal Server Error"}' };
    expect(await send('/?mode=throw')).toMatchObject(failed);
    expect(await send('/slow?mode=hang')).toMatchObject({
      status: 503,
      text: '{"message":"Service Unavailable"}',
    });
    expect(await send('/forbidden')).toMatchObject(failed);
    const log = await waitFor('the access log', async () => {
      const lines = run.log('api-access-echo');
      return lines.includes('GET /forbidden') && lines;
    });
    expect(log).toContain('ANY / 500 Error\n');
    expect(log).toMatch(/GET \/forbidden 500 .*permissions/);
  });
});

describe('a token', () => {
  const aToken = (scope: string) =>
    new SignJWT({ scope, 'https://punctual.dev/connection': { name: 'github' } })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(ISSUER)
      .setSubject('github|1')
      .setAudience('https://punctual/test')
      .setExpirationTime('1m')
      .sign(keys.privateKey);
  const ask = (authorization?: string) => send('/me', { headers: authorization ? { authorization } : {} });

  test('of the issuer whose stand-in is in the run opens a route, and its claims arrive', async () => {
    const { status, json } = await ask(`Bearer ${await aToken('openid read:me')}`);
    expect(status).toBe(200);
    expect(json.requestContext.authorizer.jwt).toMatchObject({
      claims: { sub: 'github|1', 'https://punctual.dev/connection': 'map[name:github]' },
      scopes: ['openid', 'read:me'],
    });
  });

  test('rejects a request without a good one, and one whose token has not the scope', async () => {
    const none = await ask();
    expect(none).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(none.headers['www-authenticate']).toBe('Bearer');
    expect((await ask('Bearer x')).status).toBe(401);
    expect(await ask(await aToken('openid'))).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });
});

describe('limits', () => {
  test('rejects what is beyond the limit of a route, and of no other', async () => {
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push(await send('/limited'));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(statuses[2]?.text).toBe('{"message":"Too Many Requests"}');
    expect((await send('/')).status).toBe(200);
  });

  test('rejects what is too large', async () => {
    const body = 'x'.repeat(10_485_761);
    expect(await send('/', { method: 'POST', body })).toMatchObject({
      ...{ status: 413, text: '{"message":"Request Entity Too Large"}' },
    });
    expect((await send(`/?a=${'x'.repeat(10_240)}`)).status).toBe(431);
    expect((await send(`/?a=${'x'.repeat(9_000)}`)).status).toBe(200);
  });
});

describe('other origins', () => {
  const preflight = (origin: string) =>
    send('/users/me', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  test('that are listed are let in, before any route is asked', async () => {
    const { status, headers } = await preflight('https://app.example.com');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '60',
    });
    const answer = await send('/', { headers: { origin: 'https://app.example.com' } });
    expect(answer.headers['access-control-allow-origin']).toBe('https://app.example.com');
  });

  test('rejects those that are not', async () => {
    const { status, headers } = await preflight('https://evil.example.com');
    expect([status, headers['access-control-allow-origin']]).toEqual([204, undefined]);
    const answer = await send('/', { headers: { origin: 'https://evil.example.com' } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });
});
