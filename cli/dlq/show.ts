import { defineCommand, type Report } from '../command';
import { findParkedQueue } from './parked-queue';
import { FILTER_OPTIONS } from './selection';
import { SHOW_OPTIONS, type ShowArgs, type ShowDeps, showMessages } from './show-messages';

export const show = defineCommand({
  usage: 'dlq show <queue>',
  summary: 'what was given up, and why; it stays there',
  details: 'Names people by userRef, as logs do.',
  options: {
    queue: {
      type: 'string',
      demandOption: true,
      description: 'a system, event-topic or invitation-mail: as dlq list names it',
    },
    ...FILTER_OPTIONS,
    ...SHOW_OPTIONS,
  },
  examples: [
    ['dlq show crm', 'the messages of crm, by code'],
    ['dlq show crm --code remote-rejected --body', 'with what they hold'],
  ],
  run: showDlq,
});

export async function showDlq(args: ShowArgs & { readonly queue: string }, deps: ShowDeps): Promise<Report> {
  const queue = await findParkedQueue(args.queue, deps);
  const report = await showMessages(queue, args, deps);
  if (report.hasMessages)
    deps.screen.print('', `Once mended: ${deps.typed(`dlq redrive ${queue.name} --all`)}`);
  return report;
}
