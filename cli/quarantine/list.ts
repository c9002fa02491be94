import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeHidden } from '../dlq/describe-hidden';
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
  const { messages, isEverything, hidden } = await peek(queues, url, limit, deps);
  const parked = messages.map(readParked);
  const none = hidden > 0 ? 'No event can be seen.' : 'Quarantine is empty.';
  const groups = describeGroups(parked, deps.now(), deps.screen.width);
  deps.screen.print(
    ...(parked.length === 0 ? [none] : [...groups, '', `Each of them: ${deps.typed('quarantine show')}`]),
    ...describeHidden(hidden, deps.screen.width),
  );
  if (!isEverything) deps.screen.print(`The first ${parked.length} of about ${visible + inFlight}.`);
  return { json: { isEverything, hidden, codes: groupByCode(parked) } };
}
