import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, NoAnswer } from '../aws/aws-error';
import type { EntryAnswer, Listener, PutAnswer } from '../aws/events/event-buses';
import { closeServer, listen } from '../listen';
import { shaped } from './faulty-answer';
import type { Told } from './handover-store';
import type { RemoteFault } from './remote-faults';
import type { RemoteSystem } from './remote-system';
import { createToldSystem, type ToldSystem, type ToldSystemOptions } from './told-system';

export interface BusListenerOptions extends ToldSystemOptions {
  readonly name: string;
  /** Ends the instances of the connector that calls. */
  readonly kill: () => void;
}

/** A system that has a rule on a bus, and the address at which people see what it was told. */
export interface BusListener extends RemoteSystem {
  readonly listener: Listener;
}

/** What a call of AWS is, whatever it calls. */
const OPERATION = 'POST /';

/** Starts a system that is told on a bus. What it fails with, EventBridge answers. */
export async function startBusListener(options: BusListenerOptions, firstPort: number): Promise<BusListener> {
  const { name } = options;
  const { switches, ...system } = createToldSystem(options);
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(system.store.shown()));
  });
  const port = await listen(server, firstPort, `the remote system ${name}`);
  let isUp = true;
  return {
    ...{ name, url: `http://127.0.0.1:${port}/`, ...switches },
    listener: ({ detail }, answer) => {
      const told = JSON.parse(detail) as Told;
      // As a rule on `detail.data.system`: others may be told on the same bus.
      if (told.data?.system !== name) return Promise.resolve({ entry: answer });
      if (!isUp) throw new NoAnswer(`${name} is down`);
      return take(system, told, answer, options.kill);
    },
    get isUp() {
      return isUp;
    },
    up: async () => {
      isUp = true;
    },
    down: async () => {
      isUp = false;
    },
    stop: () => closeServer(server),
  };
}

async function take(
  { store, faults, onCall, onFault, onTold }: Omit<ToldSystem, 'switches'>,
  told: Told,
  answer: EntryAnswer,
  kill: () => void,
): Promise<PutAnswer> {
  const call = { operation: OPERATION, token: 'role' };
  onCall(OPERATION);
  const before = faults.take(call, 'before');
  if (before !== undefined) onFault();
  if (before !== undefined) return fail(before, kill);
  store.take(told);
  onTold(told);
  const after = faults.take(call, 'after');
  if (after !== undefined) onFault();
  return after === undefined ? { entry: answer } : spoil(after, answer, kill);
}

async function spoil(fault: RemoteFault, entry: EntryAnswer, kill: () => void): Promise<PutAnswer> {
  const whole = JSON.stringify({ FailedEntryCount: 0, Entries: [entry] });
  const instead = shaped(fault, whole);
  if (instead !== undefined) return { entry, instead };
  if (fault.effect !== 'slow-body') return fail(fault, kill);
  // By then the run may be over.
  await sleep(fault.delayMs, undefined, { ref: false });
  return { entry };
}

async function fail(fault: RemoteFault, kill: () => void): Promise<PutAnswer> {
  if (fault.effect === 'hang') return new Promise(() => undefined);
  if (fault.effect === 'kill') kill();
  if (fault.effect !== 'error') throw new NoAnswer('A connection that was to break.');
  const { status = 500 } = fault;
  const words = 'A fault that was asked for.';
  // What is too much is said of the entry, in an answer that is none.
  if (status === 429) return { entry: { ErrorCode: 'ThrottlingException', ErrorMessage: words } };
  throw new AwsError(CODES[status] ?? 'InternalFailure', words, status);
}

const CODES: Readonly<Record<number, string>> = {
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  409: 'ConcurrentModificationException',
  503: 'ServiceUnavailable',
};
