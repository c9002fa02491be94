import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { LocalOutputs } from '../../local/outputs';
import { preparedAssembly } from './prepared-assembly';

export interface LocalRunOptions {
  /** @default 1 */
  readonly timeScale?: number;
  /** Further flags of `npm start`. @default ['--users', '0'] */
  readonly flags?: readonly string[];
}

/** A running `npm start`, seen from outside. */
export interface LocalRun {
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The local extras of outputs.json. */
  readonly local: LocalOutputs;
  readonly aws: AwsClients;
  /** Runs the bundled Action for a user who signed up. */
  emit(user: object): Promise<{ emitted: boolean; code: string }>;
  /** POSTs to the event API with its key; `headers` replace or add. */
  post(path: string, body: string | object, headers?: Record<string, string>): Promise<Response>;
  /** Calls the control API, such as `control('POST', '/remotes/crm/down')`. */
  control<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
  /** Rows of the user-link table, of one user or of all. */
  links(userId?: string): Promise<UserLink[]>;
  /** Accounts in a remote system. */
  accounts(system: string): Promise<Record<string, unknown>[]>;
  /** Log lines by the name of their source. */
  logs(): Promise<Record<string, string[]>>;
  /** What it printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export interface AwsClients {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly secrets: SecretsManagerClient;
}

const READY_WITHIN_MS = 60_000;

/** Starts `npm start` on free ports with a directory of its own, and waits until it serves. */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-run-'));
  const child = startChild(directory, await preparedAssembly(), options);
  const printed = collect(child);
  const outputsFile = join(directory, 'outputs.json');
  const text = await waitFor('outputs.json', () => readIfThere(outputsFile, child, printed), READY_WITHIN_MS);
  const { Local: local, ...stacks } = JSON.parse(text) as { Local: LocalOutputs };
  const outputs = Object.values(stacks)[0] as Record<string, string>;
  const stop = async () => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  return { ...createClient(outputs, local), printed, stop };
}

/** Waits until `fact` gives something that is true, and gives that. Fails with what was waited for. */
export async function waitFor<T>(
  what: string,
  fact: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await fact();
    if (found) return found;
    if (Date.now() > until) throw new Error(`After ${withinMs} ms still no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function startChild(
  directory: string,
  assembly: string,
  { timeScale, flags }: LocalRunOptions,
): ChildProcess {
  const args = ['--import', 'tsx', join(__dirname, '../../local/main.ts')];
  const own = ['--directory', directory, '--assembly', assembly, '--time-scale', String(timeScale ?? 1)];
  // The channel ends the run when this process dies without stopping it.
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
  const cwd = join(__dirname, '../..');
  return spawn(process.execPath, [...args, ...own, ...(flags ?? ['--users', '0'])], {
    cwd,
    stdio: [...stdio],
  });
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk) => chunks.push(String(chunk)));
  child.stderr?.on('data', (chunk) => chunks.push(String(chunk)));
  return () => chunks.join('');
}

async function readIfThere(
  file: string,
  child: ChildProcess,
  printed: () => string,
): Promise<string | undefined> {
  if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${printed()}`);
  return readFile(file, 'utf8').catch(() => undefined);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

function createClient(
  outputs: Record<string, string>,
  local: LocalOutputs,
): Omit<LocalRun, 'printed' | 'stop'> {
  const aws = createAwsClients(local);
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${local.ControlUrl}${path}`, init);
    const value = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  return {
    outputs,
    local,
    aws,
    control,
    emit: (user) => control('POST', '/users', user),
    post: (path, body, headers = {}) => postEvent(outputs, local, path, body, headers),
    links: (userId) => scanLinks(aws.dynamodb, outputs.UserLinkTableName ?? '', userId),
    accounts: (system) => listAccounts(`${local.Systems[system]}/Users`),
    logs: () => control('GET', '/logs'),
  };
}

function createAwsClients({ AwsEndpoint, Region }: LocalOutputs): AwsClients {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const config = { endpoint: AwsEndpoint, region: Region, credentials };
  return {
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    secrets: new SecretsManagerClient(config),
  };
}

function postEvent(
  outputs: Record<string, string>,
  local: LocalOutputs,
  path: string,
  body: string | object,
  headers: Record<string, string>,
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'x-api-key': local.EventApiKey, ...headers };
  return fetch(new URL(path.replace(/^\//, ''), outputs.EventApiUrl), {
    method: 'POST',
    headers: all,
    body: text,
  });
}

async function scanLinks(
  client: DynamoDBDocumentClient,
  table: string,
  userId?: string,
): Promise<UserLink[]> {
  const links: UserLink[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: start }));
    links.push(...((page.Items ?? []) as UserLink[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return links.filter((link) => userId === undefined || link.user_id === userId);
}

async function listAccounts(url: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${url}?count=100000`);
  const { Resources } = (await answer.json()) as { Resources: Record<string, unknown>[] };
  return Resources;
}
