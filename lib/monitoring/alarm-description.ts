import { ALARM_KINDS, type AlarmKindName } from './alarm-kinds';
import { type AlarmSubjects, consoleLinks } from './console-links';
import { runbookLink } from './runbook';

export interface AlarmDescriptionProps {
  readonly kind: AlarmKindName;
  /** One sentence for the person who is woken: what happened, to what. */
  readonly words: string;
  readonly runbookUrl: string;
  readonly subjects: AlarmSubjects;
}

/** The body of the mail that an alarm sends: how bad, what, what to do, where to look. */
export function alarmDescription({ kind, words, runbookUrl, subjects }: AlarmDescriptionProps): string {
  return [
    `[${ALARM_KINDS[kind].severity}] ${words}`,
    `Runbook: ${runbookLink(runbookUrl, kind)}`,
    ...consoleLinks(subjects),
  ].join('\n');
}
