import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError, usageError } from '../cli-error';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { knownNamesIn } from '../invitation/known-names';
import { refuseWithoutInvitations } from '../invitation/refuse-without-invitations';
import { checkLines } from './check-lines';
import { describeBadLines } from './describe-bad-lines';
import { type InviteFlags, partOfBody } from './invite-flags';
import { countsOf, type InviteLinesDeps, inviteLines } from './invite-lines';
import { readPeople } from './read-people';
import { type ReportLine, reportFileOf, saveReport } from './report-file';

export type InviteManyDeps = InviteLinesDeps & Pick<Deps, 'audit' | 'now' | 'readText' | 'typed'>;

export interface ManyArgs extends InviteFlags {
  /** `-` is stdin. */
  readonly from: string;
  /** Takes the place of the file's name in the keys of its lines. */
  readonly idempotencyKey?: string | undefined;
  readonly report?: string | undefined;
  readonly rate: number;
  readonly dryRun: boolean;
}

/** Invites everybody in a file, or nobody where a line cannot be used. */
export async function inviteMany(args: ManyArgs, deps: InviteManyDeps): Promise<Report> {
  const { from, rate, dryRun } = args;
  if (!(rate > 0)) throw usageError('--rate is a number above 0');
  const outputs = await deps.outputs();
  refuseWithoutInvitations(outputs);
  const names = knownNamesIn(outputs);
  const text = await deps.readText(from);
  const { good, bad } = checkLines(readPeople(text, partOfBody(args)), names, deps.now());
  const file = args.report ?? reportFileOf(from, deps.now());
  if (bad.length > 0) return refuse(bad, good.length, { ...args, file }, deps);
  if (dryRun) {
    deps.screen.print(`Would make ${countOf(good.length, 'invitation')}.`, NOBODY);
    return { json: { dryRun: true, lines: good.length, bad: [] } };
  }
  const subject = `a file, ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  const again = againWith(args.report);
  const batch = { good, name: args.idempotencyKey ?? basename(from), rate, file, again };
  const { lines, isSaved, outcome } = await audited(deps, { act: 'invite --from', subject }, (tell) =>
    inviteLines(batch, { ...deps, tell }),
  );
  return conclude(lines, { ...batch, isSaved, isStopped: outcome === 'stopped' }, deps);
}

const NOBODY: Line = [styled('bold', 'Nobody was invited.')];

async function refuse(
  bad: readonly ReportLine[],
  good: number,
  { dryRun, file }: { readonly dryRun: boolean; readonly file: string },
  deps: InviteManyDeps,
): Promise<Report> {
  const count = new Set(bad.map(({ line }) => line)).size;
  deps.screen.print(...describeBadLines(bad));
  if (dryRun) {
    deps.screen.print(NOBODY);
    return { exitCode: 1, json: { dryRun: true, lines: count + good, bad } };
  }
  const isSaved = await saveReport(file, bad, deps.saveText, deps);
  const hint = isSaved ? `${file} has all of them` : undefined;
  const words = `${count} of ${count + good} lines cannot be used, so nobody was invited`;
  throw new CliError('bad-lines', words, hint, 2);
}

/** A report is never written over. */
const againWith = (report: string | undefined) =>
  `The same again${report === undefined ? '' : ', with another --report,'} goes on, and invites nobody twice`;

interface End {
  readonly good: readonly unknown[];
  readonly file: string;
  readonly again: string;
  readonly isSaved: boolean;
  readonly isStopped: boolean;
}

function conclude(
  lines: readonly ReportLine[],
  { good, file, again, isSaved, isStopped }: End,
  { screen }: InviteManyDeps,
): Report {
  const { invited, before, refused } = countsOf(lines);
  const total = good.length;
  const failed = lines.filter(({ code }) => code !== undefined);
  screen.print(
    [
      styled(
        refused === 0 ? 'green' : 'yellow',
        `${invited} of ${total} invited${before > 0 ? `, ${before} of them before` : ''}.`,
      ),
      isSaved ? ` ${file} has a line for each.` : '',
    ],
    ...describeBadLines(failed),
    ...(isStopped ? [`Stopped. ${again}.`] : []),
  );
  const exitCode = refused > 0 || isStopped ? 1 : 0;
  return {
    exitCode,
    json: {
      dryRun: false,
      lines: total,
      invited,
      before,
      refused,
      stopped: isStopped,
      ...(isSaved && { report: file }),
    },
  };
}
