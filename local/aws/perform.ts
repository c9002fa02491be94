import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, NoAnswer } from './aws-error';
import type { CallMeter, MeteredCall } from './call-meter';
import type { FaultRule, Faults } from './faults';
import type { InProcessCall, ServiceName } from './front-door';
import type { AwsService, ServiceOutput } from './service';

export interface Doorway {
  readonly services: Readonly<Record<ServiceName, AwsService>>;
  readonly calls: CallMeter;
  readonly faults: Faults;
  /** Ends the instances of the function of that name, if it is one. */
  readonly kill: (caller: string) => void;
  /** Throws AwsError when the caller may not make the call. */
  readonly authorize: (call: InProcessCall) => void;
}

/** The one way into a service: counts the call, asks IAM and lets the configured faults happen. */
export async function perform(doorway: Doorway, inProcess: InProcessCall): Promise<ServiceOutput> {
  const { service, operation, caller, input } = inProcess;
  const backend = doorway.services[service];
  const resource = backend.resourceOf(operation, input);
  const call: MeteredCall = { service, operation, caller, ...(resource === undefined ? {} : { resource }) };
  doorway.calls.add(call);
  doorway.authorize(inProcess);
  await sufferFault(doorway, call, 'before');
  const output = await backend.handle(operation, input, caller);
  const after = await sufferFault(doorway, call, 'after');
  return after === 'repeat' ? backend.handle(operation, input, caller) : output;
}

async function sufferFault(
  doorway: Doorway,
  call: MeteredCall,
  when: FaultRule['when'],
): Promise<'repeat' | undefined> {
  const fault = doorway.faults.take(call, when);
  if (!fault) return undefined;
  if (fault.effect === 'repeat') return fault.effect;
  if (fault.effect === 'slow') {
    await sleep(fault.delayMs ?? 1000);
    return undefined;
  }
  if (fault.effect === 'hang') await new Promise<never>(() => undefined);
  if (fault.effect === 'kill') {
    doorway.kill(call.caller);
    throw new NoAnswer(`${call.caller} was killed`);
  }
  if (fault.effect === 'reset') throw new NoAnswer('A connection that was to break.');
  throw new AwsError(fault.code ?? 'InternalFailure', 'A fault that was asked for.', fault.status ?? 500);
}
