import { heldCodeOf, isLeaving, released } from '../../lambdas/user-links/release';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { accountShown } from '../status/account-shown';
import { refuseUnlessOne } from '../status/ref-of';
import { outputOf } from '../target/outputs';
import { describeRelease } from './describe-release';
import { findHeld } from './find-held';

export const release = defineCommand({
  usage: 'link release [user-id]',
  summary: 'lets a held link go on, once somebody has decided',
  details:
    'Says what it would do; with --yes it does it. A deletion that was held goes on: the account is switched off within five minutes, and removed after the grace period if we made it. So does that of a user who became part of another one, with --remove. A conflict or ambiguous link waits for the next event of the user, which has to be sent.',
  options: {
    'user-id': { type: 'string', description: "the user's id in Auth0, in 'quotes'" },
    ref: { type: 'string', description: 'the userRef of a list, instead of an id' },
    system: { type: 'string', demandOption: true, description: 'in which system' },
    remove: {
      type: 'boolean',
      default: false,
      description: 'of merge-pending: lets the account of the user who is no more go',
    },
    yes: { type: 'boolean', default: false, description: 'does it' },
  },
  examples: [
    ["link release 'auth0|65f1c0ffee' --system crm", 'what it would do'],
    ["link release 'auth0|65f1c0ffee' --system crm --yes", 'does it'],
    ["link release 'auth0|65f1c0ffee' --system crm --remove --yes", 'of a user who became part of another'],
  ],
  endsWithOne: 'there is no such link, or it is not held, or it is being worked on',
  run: releaseLink,
});

export interface ReleaseArgs {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
  readonly system: string;
  readonly remove: boolean;
  readonly yes: boolean;
}

export type ReleaseDeps = Pick<
  Deps,
  'outputs' | 'linkRows' | 'secrets' | 'audit' | 'screen' | 'now' | 'typed'
>;

export async function releaseLink(args: ReleaseArgs, deps: ReleaseDeps): Promise<Report> {
  refuseUnlessOne(args, 'link release');
  const link = await findHeld(args, deps);
  const wantsRemove = heldCodeOf(link) === 'merge-pending';
  if (args.remove && !wantsRemove)
    throw usageError(`--remove is for merge-pending, and this is ${link.code}`);
  if (args.yes && wantsRemove && !args.remove) {
    throw usageError('Without --remove the account stays', 'Nothing was changed, and the link stays held');
  }
  if (args.yes) await replace(link, args, deps);
  const { rows, now, does } = describeRelease(link, args, deps);
  const ending = args.yes
    ? [styled('green', now)]
    : [
        styled('bold', 'Nothing was changed.'),
        ` The same with ${wantsRemove && !args.remove ? '--remove ' : ''}--yes does it.`,
      ];
  deps.screen.print(...(args.yes ? [ending, ...does] : [...rows, ...does, ending]));
  return { json: toJson(link, args) };
}

async function replace(link: UserLink, { remove }: ReleaseArgs, deps: ReleaseDeps): Promise<void> {
  const table = outputOf(await deps.outputs(), 'UserLinkTableName');
  const act = remove ? 'link release --remove' : 'link release';
  const subject = `${link.system} ${link.userRef} ${link.code}`;
  await audited(deps, { act, subject }, async () => {
    await (await deps.linkRows()).replace(table, released(link, deps.now()), link);
    return { outcome: 'done' as const, counts: { released: 1 } };
  });
}

function toJson(link: UserLink, { yes, userId }: ReleaseArgs) {
  const { userRef, system, code, mergedInto } = link;
  return {
    dryRun: !yes,
    ...{ userRef, system, code, accountId: accountShown(link, userId), mergedInto },
    becomes: isLeaving(link) ? 'deprovisioning' : 'pending',
  };
}
