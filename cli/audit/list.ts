import type { AuditRow } from '../../events/audit-row';
import type { Style } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';

export const list = defineCommand({
  usage: 'audit list',
  summary: 'who changed what, and how it ended',
  details: 'An act that says started and is old was killed in the middle, or its end could not be noted.',
  options: {
    month: { type: 'string', description: 'such as 2026-11', defaultDescription: 'this month' },
    limit: { type: 'number', default: 20, description: 'how many acts, the latest first' },
  },
  examples: [['audit list --month 2026-11 --json', 'with every detail']],
  run: listAudit,
});

export interface ListArgs {
  readonly month?: string | undefined;
  readonly limit: number;
}

export async function listAudit(
  { month, limit }: ListArgs,
  deps: Pick<Deps, 'audit' | 'screen' | 'now'>,
): Promise<Report> {
  const asked = month ?? new Date(deps.now()).toISOString().slice(0, 7);
  if (!/^\d{4}-\d{2}$/.test(asked)) throw usageError(`--month is ${asked}, and must look like 2026-11`);
  const rows = await (await deps.audit()).list(asked, limit);
  if (rows.length === 0) deps.screen.print(`Nobody changed anything in ${asked}.`);
  else deps.screen.print(...renderTable(COLUMNS, rows, deps.screen.width));
  return { json: rows };
}

const STYLES: Readonly<Record<string, Style>> = {
  done: 'green',
  failed: 'red',
  stopped: 'yellow',
  started: 'yellow',
};

const COLUMNS: readonly Column<AuditRow>[] = [
  { title: 'when (UTC)', text: ({ startedAt }) => startedAt.slice(5, 16).replace('T', ' ') },
  { title: 'who', text: ({ who }) => who.split('/').slice(1).join('/') || who, most: 16 },
  { title: 'act', text: ({ act, subject }) => `${act} ${subject}`, flexible: true },
  { title: 'outcome', text: ({ outcome }) => outcome, style: ({ outcome }) => STYLES[outcome] },
  { title: 'counts', text: ({ code, counts }) => code ?? describeCounts(counts), most: 24 },
];

function describeCounts(counts: AuditRow['counts']): string {
  return Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
