import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SAMPLE_USER } from '../auth0/sample-user';
import type { FaultRule } from '../aws/faults';
import { LocalError } from '../local-error';
import type { RemoteFault } from '../remotes/remote-faults';
import type { RemoteSystem } from '../remotes/remote-system';
import type { Session } from '../session';

/** What one route does; `name` is the part of the path in braces. */
export type ControlAction = (session: Session, body: unknown, name: string) => Promise<unknown> | unknown;

/** By method and path, as the table of the README shows them. */
export const CONTROL_ROUTES: Readonly<Record<string, ControlAction>> = {
  'GET /': describeRun,
  'POST /users': registerUser,
  'POST /functions/{name}/kill': async ({ run }, _, name) => ({ killed: await run.functions.kill(name) }),
  'POST /compute/restart': async ({ run }) => {
    await run.restartCompute();
    return { restarted: true };
  },
  'POST /remotes/{name}/down': (session, _, name) => remoteNamed(session, name).down(),
  'POST /remotes/{name}/up': (session, _, name) => remoteNamed(session, name).up(),
  'POST /faults': addFault,
  'DELETE /faults': async ({ run, remotes }) => {
    run.frontDoor.faults.clear();
    await remotes.clearFaults();
  },
  'GET /calls': ({ run }) => run.frontDoor.calls.counts(),
  'DELETE /calls': ({ run }) => run.frontDoor.calls.reset(),
  'GET /logs': readLogs,
};

async function describeRun({ run, remotes, tracker }: Session): Promise<object> {
  return {
    stack: run.stackName,
    clock: { now: new Date(run.clock.now()).toISOString(), scale: run.clock.scale },
    queues: await run.queues.counts(),
    functions: run.functions.states(),
    remotes: await Promise.all(remotes.list().map(describeRemote)),
    links: { all: tracker.size, settled: tracker.settledCount },
    calls: run.frontDoor.calls.total(),
  };
}

async function describeRemote(remote: RemoteSystem): Promise<object> {
  return { name: remote.name, url: remote.url, up: remote.isUp, ...(await remote.count()) };
}

async function registerUser({ register }: Session, body: unknown): Promise<object> {
  const { emitted, code } = await register(read(SAMPLE_USER, body));
  return { emitted, code };
}

function remoteNamed({ remotes }: Session, name: string): RemoteSystem {
  const remote = remotes.get(name);
  const names = remotes.list().map((system) => system.name);
  if (!remote)
    throw new LocalError('not-found', `There is no remote system ${name}, only ${names.join(', ')}`);
  return remote;
}

const times = z.int().positive().optional();
const status = z.int().min(400).max(599).optional();
const FAULT = z.union([
  z.strictObject({
    ...{ service: z.enum(['dynamodb', 'sqs', 'sns', 'secretsmanager']).optional(), times, status },
    ...{ operation: z.string().optional(), caller: z.string().optional(), resource: z.string().optional() },
    ...{ when: z.enum(['before', 'after']), effect: z.enum(['error', 'kill', 'hang']) },
    code: z.string().optional(),
  }),
  z.strictObject({
    ...{ remote: z.string(), operation: z.string().optional(), times, status },
    ...{ when: z.enum(['before', 'after']), effect: z.enum(['error', 'kill', 'hang', 'reset']) },
    headers: z.record(z.string(), z.string()).optional(),
  }),
]);

/** A rule that names a remote is for that system, any other for calls of AWS services. */
async function addFault(session: Session, body: unknown): Promise<void> {
  const rule = read(FAULT, body);
  if (!('remote' in rule)) return session.run.frontDoor.faults.add(rule as FaultRule);
  remoteNamed(session, rule.remote);
  await session.remotes.addFault(rule as RemoteFault);
}

/** Lines by the name of their file. */
function readLogs({ run }: Session): Record<string, string[]> {
  const { directory } = run.log;
  const files = readdirSync(directory).filter((file) => file.endsWith('.log'));
  const lines = (file: string) =>
    readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  return Object.fromEntries(files.map((file) => [file.replace(/\.log$/, ''), lines(file)]));
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new LocalError('bad-request', z.prettifyError(result.error));
}
