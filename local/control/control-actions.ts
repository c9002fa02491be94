import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FaultRule } from '../aws/faults';
import type { AlarmStatus } from '../cloudwatch/alarm';
import type { AlarmState } from '../cloudwatch/alarm-definition';
import { describeAlarm } from '../cloudwatch/describe-alarm';
import { addNamedFault } from '../faults/add-fault';
import { ANY_FAULT } from '../faults/fault-schema';
import { LocalError } from '../local-error';
import type { RemoteFault } from '../remotes/remote-faults';
import type { RemoteSystem } from '../remotes/remote-system';
import type { Session } from '../session';
import { read } from './read';

export async function killFunction({ run }: Session, _: unknown, name: string): Promise<object> {
  return { killed: await run.functions.kill(name) };
}

const seconds = z.number().min(0).max(86_400);
const THROTTLE = z.strictObject({ seconds });
const SLOW = z.strictObject({ seconds, milliseconds: z.number().positive() });

export function throttleFunction(session: Session, body: unknown, name: string): void {
  const asked = read(THROTTLE, body);
  requireFunction(session, name);
  session.run.functions.throttle(name, asked.seconds);
}

export function slowFunction(session: Session, body: unknown, name: string): void {
  const asked = read(SLOW, body);
  requireFunction(session, name);
  session.run.functions.slow(name, asked.seconds, asked.milliseconds);
}

function requireFunction({ run }: Session, name: string): void {
  const names = run.functions.list().map((known) => known.name);
  if (names.includes(name)) return;
  throw new LocalError('not-found', `There is no function ${name}, only ${names.join(', ')}`);
}

export async function restartCompute({ run }: Session): Promise<void> {
  await run.restartCompute();
}

export function takeDown(session: Session, _: unknown, name: string): Promise<void> {
  return remoteNamed(session, name).down();
}

export function bringUp(session: Session, _: unknown, name: string): Promise<void> {
  return remoteNamed(session, name).up();
}

const SIGN_OFF = z.strictObject({ on: z.boolean() });

export function changeSignOff(session: Session, body: unknown, name: string): void {
  remoteNamed(session, name).signOff?.(read(SIGN_OFF, body).on);
}

export async function removeFaults({ run, remotes }: Session): Promise<void> {
  run.frontDoor.faults.clear();
  await remotes.clearFaults();
}

export async function describeRun({ run, remotes, tracker }: Session): Promise<object> {
  return {
    stack: run.stackName,
    clock: { now: new Date(run.clock.now()).toISOString(), scale: run.clock.scale },
    queues: await run.queues.counts(),
    functions: run.functions.states(),
    remotes: await Promise.all(remotes.list().map(describeRemote)),
    links: { all: tracker.size, settled: tracker.settledCount },
    alarms: countStates(run.cloudwatch.alarms.list()),
    calls: run.frontDoor.calls.total(),
    denials: run.iam.denials.total(),
  };
}

function countStates(alarms: readonly AlarmStatus[]): Record<AlarmState, number> {
  const count = (wanted: AlarmState) => alarms.filter(({ state }) => state === wanted).length;
  return { OK: count('OK'), ALARM: count('ALARM'), INSUFFICIENT_DATA: count('INSUFFICIENT_DATA') };
}

export function listAlarms({ run }: Session): object[] {
  return run.cloudwatch.alarms.list().map(describeAlarm);
}

async function describeRemote(remote: RemoteSystem): Promise<object> {
  return { name: remote.name, url: remote.url, up: remote.isUp, ...(await remote.count()) };
}

function remoteNamed({ remotes }: Session, name: string): RemoteSystem {
  const remote = remotes.get(name);
  const names = remotes.list().map((system) => system.name);
  if (!remote)
    throw new LocalError('not-found', `There is no remote system ${name}, only ${names.join(', ')}`);
  return remote;
}

/** A fault by its name is for a system of any kind; a rule for a remote, or for calls of AWS services. */
export async function addFault(session: Session, body: unknown): Promise<void> {
  const rule = read(ANY_FAULT, body);
  if ('fault' in rule) return addNamedFault(session, rule);
  if (!('remote' in rule)) return session.run.frontDoor.faults.add(rule as FaultRule);
  remoteNamed(session, rule.remote);
  await session.remotes.addFault(rule as RemoteFault);
}

/** Lines by the name of their file. */
export function readLogs({ run }: Session): Record<string, string[]> {
  const { directory } = run.log;
  const files = readdirSync(directory).filter((file) => file.endsWith('.log'));
  const lines = (file: string) =>
    readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  return Object.fromEntries(files.map((file) => [file.replace(/\.log$/, ''), lines(file)]));
}
