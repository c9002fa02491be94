import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { InviteBody } from '../../events/invitations/schemas';
import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { audited, type Tell } from '../audit/audited';
import { CliError, usageError } from '../cli-error';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { RefusedByApi } from '../invitation/call-api';
import { knownNamesIn } from '../invitation/known-names';
import { sendPaced } from '../send/send-paced';
import { checkLines, type GoodLine } from './check-lines';
import { type CreateDeps, createInvitation } from './create-invitation';
import { describeBadLines } from './describe-bad-lines';
import { type InviteFlags, partOfBody } from './invite-flags';
import { readPeople } from './read-people';
import { type ReportLine, reportFileOf, saveReport } from './report-file';

export type InviteManyDeps = CreateDeps &
  Pick<Deps, 'audit' | 'screen' | 'now' | 'readText' | 'saveText' | 'typed'>;

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
  const names = knownNamesIn(await deps.outputs());
  const text = await deps.readText(from);
  const { good, bad } = checkLines(readPeople(text, partOfBody(args)), names, deps.now());
  const file = args.report ?? reportFileOf(from, deps.now());
  if (bad.length > 0) return refuse(bad, good.length, { ...args, file }, deps);
  if (dryRun) {
    deps.screen.print(`Would make ${countOf(good.length, 'invitation')}.`, NOBODY);
    return { json: { dryRun: true, lines: good.length, bad: [] } };
  }
  const subject = `a file, ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  const batch = { good, name: args.idempotencyKey ?? basename(from), rate, file };
  const { lines, outcome } = await audited(deps, { act: 'invite --from', subject }, (tell) =>
    inviteAll(batch, { ...deps, tell }),
  );
  return conclude(lines, { total: good.length, file, isStopped: outcome === 'stopped' }, deps);
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
  const isSaved = await saveReport(file, bad, deps);
  const hint = isSaved ? `${file} has all of them` : undefined;
  const words = `${count} of ${count + good} lines cannot be used, so nobody was invited`;
  throw new CliError('bad-lines', words, hint, 2);
}

interface Batch {
  readonly good: readonly GoodLine[];
  readonly name: string;
  readonly rate: number;
  readonly file: string;
}

async function inviteAll({ good, name, rate, file }: Batch, deps: InviteManyDeps & { readonly tell: Tell }) {
  const lines: ReportLine[] = [];
  const bar = deps.screen.progress(good.length, 'inviting');
  const inviteNumber = async (number: number) => {
    const one = good[number - 1];
    if (one === undefined) return;
    lines.push(await inviteLine(one, keyOf(name, one.body), deps));
    deps.tell(countsOf(lines));
    bar.update(lines.length);
  };
  try {
    await sendPaced(good.length, rate, inviteNumber, deps);
  } catch (error) {
    throw afterSome(error, `${countsOf(lines).invited} of ${good.length} were invited before`);
  } finally {
    bar.stop();
    await saveReport(file, lines, deps);
  }
  const isAll = lines.length === good.length;
  return { lines, outcome: isAll ? ('done' as const) : ('stopped' as const), counts: countsOf(lines) };
}

// What one line alone cannot have does not keep the others from it; what nobody can have ends it all.
async function inviteLine({ line, body }: GoodLine, key: string, deps: CreateDeps): Promise<ReportLine> {
  try {
    const { id, state } = await createInvitation(body, key, deps);
    return { line, id, state };
  } catch (error) {
    if (!(error instanceof RefusedByApi) || error.exitCode === 3) throw error;
    return { line, code: error.code, ...(error.detail !== undefined && { field: error.detail }) };
  }
}

// Of what the line says and not of its place: who mends the file, or puts a line in, sends the others as they were.
const keyOf = (name: string, body: InviteBody): string =>
  createHash('sha256')
    .update(JSON.stringify([name, Object.entries(body).toSorted(([one], [other]) => (one < other ? -1 : 1))]))
    .digest('base64url');

const countsOf = (lines: readonly ReportLine[]) => {
  const invited = lines.filter(({ id }) => id !== undefined).length;
  return { invited, refused: lines.length - invited };
};

function afterSome(error: unknown, words: string): unknown {
  if (!(error instanceof CliError)) return error;
  const hint = 'The same again goes on, and invites nobody twice';
  return new CliError(error.code, `${error.message}; ${words}`, error.hint ?? hint, error.exitCode);
}

interface End {
  readonly total: number;
  readonly file: string;
  readonly isStopped: boolean;
}

function conclude(
  lines: readonly ReportLine[],
  { total, file, isStopped }: End,
  { screen }: InviteManyDeps,
): Report {
  const { invited, refused } = countsOf(lines);
  const failed = lines.filter(({ code }) => code !== undefined);
  screen.print(
    [
      styled(refused === 0 ? 'green' : 'yellow', `${invited} of ${total} invited.`),
      ` ${file} has a line for each.`,
    ],
    ...describeBadLines(failed),
    ...(isStopped ? ['Stopped. The same again goes on, and invites nobody twice.'] : []),
  );
  const exitCode = refused > 0 || isStopped ? 1 : 0;
  return {
    exitCode,
    json: { dryRun: false, lines: total, invited, refused, stopped: isStopped, report: file },
  };
}
