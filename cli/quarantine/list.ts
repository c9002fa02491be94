import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeGroups, groupByCode } from '../dlq/describe-messages';
import { readParked } from '../dlq/parked-message';
import { findQuarantine } from '../dlq/parked-queue';
import { peek } from '../dlq/peek';

export const list = defineCommand({
  usage: 'quarantine list',
  summary: 'how many there are of each code',
  options: { limit: { type: 'number', default: 1_000, description: 'how many to look at, at most' } },
  examples: [['quarantine list', 'what came, and why it is there']],
  run: listQuarantine,
});

export async function listQuarantine(
  { limit }: { readonly limit: number },
  deps: Pick<Deps, 'outputs' | 'queues' | 'screen' | 'now' | 'stopping' | 'typed'>,
): Promise<Report> {
  const { url } = await findQuarantine(deps);
  const queues = await deps.queues();
  const { visible, inFlight } = await queues.depth(url);
  const { messages, isEverything } = await peek(queues, url, limit, deps);
  const parked = messages.map(readParked);
  if (parked.length === 0) deps.screen.print('Quarantine is empty.');
  else
    deps.screen.print(
      ...describeGroups(parked, deps.now(), deps.screen.width),
      '',
      `Each of them: ${deps.typed('quarantine show')}`,
    );
  if (!isEverything) deps.screen.print(`The first ${parked.length} of about ${visible + inFlight}.`);
  return { json: { isEverything, codes: groupByCode(parked) } };
}
