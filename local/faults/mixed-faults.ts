import type { FaultRule } from '../aws/faults';
import { addNamedFault, type Faulty } from './add-fault';
import type { AskedFault } from './fault-schema';
import type { FaultName } from './named-faults';

/** Faults that pass, so that everybody has an account in the end; some come after the call took effect. */
const MIX_OF_REMOTES: readonly Omit<AskedFault, 'system'>[] = [
  { fault: 'throttled', retryAfterSeconds: 5 },
  { fault: 'throttled-until', retryAfterSeconds: 5 },
  { fault: 'server-error' },
  { fault: 'unavailable', retryAfterSeconds: 5 },
  { fault: 'unauthorized' },
  { fault: 'reset' },
  { fault: 'timeout' },
  { fault: 'timeout-after', operation: 'POST' },
  { fault: 'reset-after' },
  { fault: 'error-after' },
  { fault: 'slow-body' },
  { fault: 'malformed-json' },
  { fault: 'wrong-schema' },
  { fault: 'late-search' },
];
const MIX_OF_TABLES: readonly FaultName[] = [
  ...(['throttled', 'server-error', 'unavailable', 'reset', 'timeout'] as const),
  ...(['timeout-after', 'reset-after', 'error-after'] as const),
];

const SHARE_OF_CALLS = 0.1;
const SHARE_OF_MESSAGES = 0.05;

/** What one of `count` independent chances has to be, so that all together come to `share`. */
const shareOfEach = (share: number, count: number) => 1 - (1 - share) ** (1 / count);

/**
 * `--faults`: one of ten calls of every system fails, one of twenty messages is delivered twice, and one connector dies
 * when half of `users` are on their way.
 */
export async function mixFaults(session: Faulty, users: number): Promise<void> {
  // The tenant is no system of its own here: its limits are what it fails by.
  const names = session.run.functions
    .list()
    .flatMap(({ system }) => (system === undefined || system.kind === 'auth0' ? [] : system.name));
  const remotes = names.filter((name) => session.remotes.of(name).length > 0);
  const [victim] = remotes;
  if (victim !== undefined) {
    const death = { fault: 'killed-after', operation: 'POST /Users', skip: Math.floor(users / 2), times: 1 };
    await addNamedFault(session, { system: victim, ...death } as AskedFault);
  }
  for (const system of names) {
    const mix = remotes.includes(system) ? MIX_OF_REMOTES : MIX_OF_TABLES.map((fault) => ({ fault }));
    const probability = shareOfEach(SHARE_OF_CALLS, mix.length);
    for (const one of mix) await addNamedFault(session, { ...one, system, probability });
  }
  session.run.frontDoor.faults.add(TWICE);
}

const TWICE: FaultRule = {
  ...{ service: 'sqs', operation: 'SendMessage', caller: 'sns.amazonaws.com' },
  ...{ when: 'after', effect: 'repeat', probability: SHARE_OF_MESSAGES },
};
