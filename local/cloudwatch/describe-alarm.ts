import type { AlarmChange, AlarmStatus } from './alarm';

/** An alarm as the control API shows it. */
export interface DescribedAlarm {
  readonly name: string;
  readonly state: string;
  /** Virtual time. */
  readonly since: string;
  readonly reason: string;
  /** Where to read on; '' when the alarm does not say. */
  readonly runbook: string;
}

const COLUMNS = 79;
const INDENT = '       ';

export function describeAlarm({ definition, state, since, reason }: AlarmStatus): DescribedAlarm {
  const { name, description } = definition;
  return { name, state, since: new Date(since).toISOString(), reason, runbook: runbookOf(description) };
}

/** For a terminal: that an alarm is on and where to read on. */
export function renderAlarm({ definition }: AlarmStatus): string[] {
  const runbook = printable(runbookOf(definition.description));
  // A link that is cut leads nowhere.
  return [renderName('ALARM', definition.name), ...(runbook ? [INDENT + runbook] : [])];
}

/** For a terminal: that an alarm went off, or is well again. Empty for changes that say neither. */
export function renderChange(change: AlarmChange): string[] {
  if (change.state === 'ALARM') return renderAlarm(change);
  const isWell = change.state === 'OK' && change.before === 'ALARM';
  return isWell ? [renderName('OK', change.definition.name)] : [];
}

function renderName(state: string, name: string): string {
  return `${state.padEnd(INDENT.length)}${printable(name)}`.slice(0, COLUMNS);
}

/** `Runbook: docs/runbook.md#a-heading` in a line of the description. */
function runbookOf(description: string): string {
  return /(?:^Runbook:|\bSee) (\S+)$/m.exec(description)?.[1] ?? '';
}

/** Names come from a template, and a terminal obeys control characters. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
