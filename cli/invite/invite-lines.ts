import { createHash } from 'node:crypto';
import type { InviteBody } from '../../events/invitations/schemas';
import type { Tell } from '../audit/audited';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { RefusedByApi } from '../invitation/call-api';
import { sendPaced } from '../send/send-paced';
import type { GoodLine } from './check-lines';
import { type CreateDeps, createInvitation } from './create-invitation';
import { type ReportLine, reserveReport, saveReport } from './report-file';

export type InviteLinesDeps = CreateDeps & Pick<Deps, 'screen' | 'saveText' | 'replaceText'>;

export interface Batch {
  /** Lines that were looked at. */
  readonly good: readonly GoodLine[];
  /** What keys begin with. */
  readonly name: string;
  /** Lines a second, at most. */
  readonly rate: number;
  /** Of the report. */
  readonly file: string;
  /** How one goes on where it ended. */
  readonly again: string;
}

/** Invites line by line, and writes what became of each whatever happens. Fails where nobody can be invited. */
export async function inviteLines(
  { good, name, rate, file, again }: Batch,
  deps: InviteLinesDeps & { readonly tell: Tell },
) {
  await reserveReport(file, deps);
  const lines: ReportLine[] = [];
  const bar = deps.screen.progress(good.length, 'inviting');
  let isSaved = false;
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
    throw afterSome(error, `${countsOf(lines).invited} of ${good.length} were invited before`, again);
  } finally {
    bar.stop();
    isSaved = await saveReport(file, lines, deps.replaceText, deps);
  }
  const outcome = lines.length === good.length ? ('done' as const) : ('stopped' as const);
  return { lines, isSaved, outcome, counts: countsOf(lines) };
}

// What one line alone cannot have does not keep the others from it; what nobody can have ends it all.
async function inviteLine({ line, body }: GoodLine, key: string, deps: CreateDeps): Promise<ReportLine> {
  try {
    const { view, wasThere } = await createInvitation(body, key, deps);
    return { line, id: view.id, state: view.state, ...(wasThere && { before: true }) };
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

export const countsOf = (lines: readonly ReportLine[]) => {
  const invited = lines.filter(({ id }) => id !== undefined).length;
  const before = lines.filter((one) => one.before).length;
  return { invited, before, refused: lines.length - invited };
};

function afterSome(error: unknown, words: string, again: string): unknown {
  if (!(error instanceof CliError)) return error;
  return new CliError(error.code, `${error.message}; ${words}`, error.hint ?? again, error.exitCode);
}
