import { countOf } from '../../terminal/count-of';
import type { Deps } from '../deps';
import { readQueues } from '../dlq/list';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok, warn } from './check';

type ParkedDeps = Pick<Deps, 'outputs' | 'queues' | 'typed'>;

export async function lookAtDlqs(deps: ParkedDeps): Promise<Finding> {
  const rows = await readQueues(await deps.outputs(), await deps.queues());
  const parked = rows.filter((row) => row.parked > 0);
  if (parked.length === 0) return ok(`all ${rows.length} are empty`);
  const [first] = parked;
  return fail(
    parked.map((row) => `${row.queue}: ${row.parked}`).join(', '),
    `What they are: ${deps.typed(`dlq show ${first?.queue}`)}`,
  );
}

export async function lookAtQuarantine(deps: ParkedDeps): Promise<Finding> {
  const { visible, inFlight } = await (await deps.queues()).depth(
    outputOf(await deps.outputs(), 'QuarantineQueueUrl'),
  );
  const count = visible + inFlight;
  return count === 0
    ? ok('is empty')
    : warn(countOf(count, 'event'), `What they are: ${deps.typed('quarantine list')}`);
}
