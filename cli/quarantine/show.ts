import { defineCommand, type Report } from '../command';
import { findQuarantine } from '../dlq/parked-queue';
import { FILTER_OPTIONS } from '../dlq/selection';
import { SHOW_OPTIONS, type ShowArgs, type ShowDeps, showMessages } from '../dlq/show-messages';

export const show = defineCommand({
  usage: 'quarantine show',
  summary: 'each event, and why it is there',
  details: 'The code none means that no worker saw it: no system takes its type, or the system it names.',
  options: { ...FILTER_OPTIONS, ...SHOW_OPTIONS },
  examples: [['quarantine show --code signature-invalid', 'those alone']],
  run: showQuarantine,
});

async function showQuarantine(args: ShowArgs, deps: ShowDeps): Promise<Report> {
  return showMessages(await findQuarantine(deps), args, deps);
}
