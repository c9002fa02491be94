import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalRun } from '../helpers/local-run';
import { runToEnd } from '../helpers/npm-start';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'punctual-start-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function isListening(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

test('--once --json links every sample user in every system and ends with 0', async () => {
  const { code, lines } = await runToEnd(['--once', '--json', '--directory', directory]);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    ...{ users: 5, links: 20, linked: 20, rejected: 0, pending: 0, duplicates: 0, denied: 0 },
    parked: {},
    ...{ p50Ms: expect.any(Number), p99Ms: expect.any(Number), perSecond: expect.any(Number) },
  });
  expect(code).toBe(0);
  const rows = lines.filter((line) => / linked /.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(20);
  for (const line of rows) expect([...line].length).toBeLessThan(80);
}, 90_000);

test('outputs.json has what a deployment would write and the local extras', async () => {
  await runToEnd(['--once', '--users', '0', '--directory', directory]);
  const outputs = JSON.parse(await readFile(join(directory, 'outputs.json'), 'utf8'));
  const loopback = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/);
  expect(outputs).toEqual({
    'UserProvisioning-dev': expect.objectContaining({
      EventApiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1\/$/),
      EventTopicArn: expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:/),
      UserLinkTableName: expect.any(String),
      AuditTableName: expect.any(String),
      ...{ QueueUrlCrm: loopback, QuarantineQueueUrl: loopback, EventTopicDeadLetterQueueUrl: loopback },
    }),
    Local: {
      ...{ AwsEndpoint: loopback, Region: 'us-east-1', ControlUrl: loopback },
      ...{ TenantUrl: loopback, DemoAppUrl: loopback, OutboxUrl: loopback },
      StatusSecrets: expect.any(Object),
      Service: { ClientId: 'service', ClientSecret: expect.stringMatching(/^[\w-]{32,}$/) },
      EventApiKey: expect.stringMatching(/^[A-Za-z0-9]{20,}$/),
      EventStreamSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/=]{32,}$/),
      SigningSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/=]{32,}$/),
      ManagementApi: {
        ...{ Domain: 'punctual-dev.eu.auth0.com', Url: loopback },
        ClientId: expect.stringMatching(/^[\w-]{16,}$/),
        ClientSecret: expect.stringMatching(/^[\w-]{32,}$/),
      },
      Systems: {
        crm: expect.stringMatching(/\/scim\/v2$/),
        tickets: expect.stringMatching(/\/scim\/v2$/),
      },
    },
  });
}, 90_000);

test('Ctrl-C ends it, and every port is free again', async () => {
  const run = await startLocalRun();
  const { local, outputs } = run;
  const urls = [
    local.AwsEndpoint,
    local.ControlUrl,
    local.TenantUrl,
    local.DemoAppUrl,
    outputs.EventApiUrl ?? '',
    ...Object.values(local.Systems),
  ];
  expect(await Promise.all(urls.map(isListening))).toEqual(urls.map(() => true));
  await run.stop();
  expect(run.exitCode()).toBe(0);
  expect(await Promise.all(urls.map(isListening))).toEqual(urls.map(() => false));
}, 90_000);

test('fails in one line where a port is in use', async () => {
  const taken: Server = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, errors } = await runToEnd(['--once', '--port', String(port), '--directory', directory]);
  await new Promise((resolve) => taken.close(resolve));
  expect(code).toBe(1);
  expect(errors).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
}, 90_000);

test('fails in one line for a flag it does not know', async () => {
  const { code, errors } = await runToEnd(['--onc']);
  expect([code, errors]).toEqual([1, [expect.stringMatching(/^--onc is not known here, known are --once/)]]);
}, 30_000);
