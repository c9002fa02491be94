/**
 * Every alarm sends a person to one heading of docs/runbook.md; a test keeps alarms and headings equal. Keys and
 * headings carry the stem of the stage.
 */
export const RUNBOOK_HEADINGS = {
  systemQueueBehind: 'System queue: messages wait too long',
  systemQueueDeadLetters: 'System queue: messages are parked',
  connectorRetries: 'Connector: a system keeps failing',
  eventTopicDeadLetters: 'Event topic: events were not delivered',
  quarantineMessages: 'Quarantine: strays have arrived',
  statusProjectionFailures: 'Status projection: changes were not projected',
} as const;

export type RunbookHeading = keyof typeof RUNBOOK_HEADINGS;

/** Where a heading is found, as a path within the repository. */
export function runbookLink(heading: RunbookHeading): string {
  const anchor = RUNBOOK_HEADINGS[heading]
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
  return `docs/runbook.md#${anchor}`;
}
