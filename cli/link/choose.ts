import { choosing, handedOver, keeping } from '../../lambdas/user-links/choose';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { refuseUnlessOne } from '../status/ref-of';
import { outputOf } from '../target/outputs';
import { type Chosen, chosenBy } from './chosen-by';
import { describeChoice } from './describe-choice';
import { findHeir, type Heir } from './find-heir';
import { findHeld } from './find-held';

export const choose = defineCommand({
  usage: 'link choose [user-id]',
  summary: 'says which account a user gets, where rules may not',
  details:
    'Says what it would do; with --yes it does it. Of conflict and ambiguous: --account is the account of the user, or --new makes one of their own; the next event of the user does it, which has to be sent. An account that carries the externalId of another user is never taken. Of merge-pending: --keep leaves the account of the user who became part of another one; who has none in that system yet gets it at their next event; once it is theirs, the same command ends the link.',
  options: {
    'user-id': { type: 'string', description: "the user's id in Auth0, in 'quotes'" },
    ref: { type: 'string', description: 'the userRef of a list, instead of an id' },
    system: { type: 'string', demandOption: true, description: 'in which system' },
    account: { type: 'string', description: "this account is theirs: the system's own id of it" },
    new: { type: 'boolean', default: false, description: 'none that is there is theirs; makes one' },
    keep: { type: 'boolean', default: false, description: 'of merge-pending: the account stays' },
    yes: { type: 'boolean', default: false, description: 'does it' },
  },
  examples: [
    ["link choose 'auth0|65f1c0ffee' --system crm", 'which account was found'],
    ["link choose 'auth0|65f1c0ffee' --system crm --account 2819c223 --yes", 'it is theirs'],
    ["link choose 'auth0|65f1c0ffee' --system crm --new --yes", "it is somebody else's"],
    ["link choose 'auth0|65f1c0ffee' --system crm --keep --yes", 'of a user who became part of another'],
  ],
  endsWithOne: 'there is no such link, or it is not held, or it is being worked on',
  run: chooseAccount,
});

export interface ChooseArgs {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
  readonly system: string;
  readonly account?: string | undefined;
  readonly new: boolean;
  readonly keep: boolean;
  readonly yes: boolean;
}

export type ChooseDeps = Pick<
  Deps,
  'outputs' | 'linkRows' | 'secrets' | 'audit' | 'screen' | 'now' | 'typed'
>;

export async function chooseAccount(args: ChooseArgs, deps: ChooseDeps): Promise<Report> {
  refuseUnlessOne(args, 'link choose');
  const link = await findHeld(args, deps);
  const chosen = chosenBy(args, link);
  if (args.yes && chosen === undefined) {
    throw usageError('Say what: --account, --new or --keep', 'Nothing was changed, and the link stays held');
  }
  const heir = chosen?.kind === 'keep' ? await findHeir(link, deps) : undefined;
  if (args.yes && chosen !== undefined) await write(chosen, heir, deps);
  const { rows, does } = describeChoice({ link, chosen, heir }, args, deps);
  const lines: Line[] = args.yes ? [[styled('green', 'Chosen.')], ...does] : [...rows, ...does];
  deps.screen.print(...lines, ...(args.yes ? [] : [[styled('bold', 'Nothing was changed.')]]));
  return { json: toJson(args, chosen, heir) };
}

async function write(chosen: Chosen, heir: Heir | undefined, deps: ChooseDeps): Promise<void> {
  const { link } = chosen;
  const table = outputOf(await deps.outputs(), 'UserLinkTableName');
  const act = `link choose --${chosen.kind}`;
  const subject = `${link.system} ${link.userRef} ${link.code}`;
  await audited(deps, { act, subject }, async () => {
    const rows = await deps.linkRows();
    if (chosen.kind !== 'keep') {
      await rows.replace(table, choosing(link, chosen.choice, deps.now()), link);
      return { outcome: 'done' as const, counts: { chosen: 1 } };
    }
    const obstacle = heir?.obstacle;
    // Until the other one has it, this link alone knows of the account: they may be blocked, deleted or erased first.
    if (isTo(heir)) await rows.replace(table, handedOver(link, heir.link, deps.now()), heir.link);
    else await rows.replace(table, keeping(link, deps.now(), obstacle), link);
    return { outcome: 'done' as const, counts: { kept: 1, handedOver: isTo(heir) ? 1 : 0 } };
  });
}

/** Only a link that is kept has one, and not each gets the account. */
const isTo = (heir: Heir | undefined): heir is Heir => heir !== undefined && heir.obstacle === undefined;

function toJson({ yes }: ChooseArgs, chosen: Chosen | undefined, heir: Heir | undefined) {
  if (chosen === undefined) return { dryRun: true };
  const { userRef, system, code, mergedInto } = chosen.link;
  const isHandedOver = isTo(heir);
  return {
    dryRun: !yes,
    ...{ userRef, system, code, mergedInto, choice: chosen.kind },
    ...(chosen.kind === 'keep' ? { handedOver: isHandedOver } : {}),
    becomes: isHandedOver ? 'held' : chosen.kind === 'keep' ? 'deprovisioned' : 'pending',
  };
}
