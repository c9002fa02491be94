import { ALARM_KINDS, type AlarmKindName } from './alarm-kinds';

/** Where the page of a kind of alarm is found: `base` is the address of the runbook, or its path. */
export function runbookLink(base: string, kind: AlarmKindName): string {
  return `${base}#${anchorOf(ALARM_KINDS[kind].heading)}`;
}

// As GitHub, GitLab and most renderers of Markdown make them.
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
