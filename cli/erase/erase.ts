import type { TenantDeps } from '../actions/open-tenant';
import type { Tenant } from '../actions/tenant';
import { audited } from '../audit/audited';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { hasInvitations } from '../invitation/invitations-of-user';
import { systemsOf } from '../target/outputs';
import { type CarryOutDeps, carryOut } from './carry-out';
import { describePlan } from './describe-erasure';
import { findPerson, type Person, type PersonDeps } from './person';
import { progressOf } from './progress-of';
import { refuseGone } from './refuse-gone';
import { countMessages } from './sweep-messages';

export const erase = defineCommand({
  usage: 'erase <user-id>',
  summary: 'erases a person everywhere, and certifies it',
  details:
    'Says what it would do; with --yes it does it. There is no way back. It sets a tombstone in every system, has every account removed and looked for twice, deletes what is parked of the person, ends with the profile in Auth0, and writes a signed certificate. That takes a few minutes, or as long as a system is down. Ctrl-C ends the watching alone; run it again to go on. For the profile it needs AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET with the scopes read:users and delete:users.',
  options: {
    'user-id': { type: 'string', demandOption: true, description: "the user's id in Auth0, in 'quotes'" },
    'keep-auth0': { type: 'boolean', default: false, description: 'leaves the profile in Auth0 as it is' },
    'by-hand': {
      type: 'string',
      array: true,
      nargs: 1,
      description:
        'a system whose account you have removed yourself, or where nobody can be told any more; may be repeated',
    },
    out: {
      type: 'string',
      defaultDescription: 'erasure-<user ref>-<time>.jws',
      description: 'where the certificate goes',
    },
    yes: { type: 'boolean', default: false, description: 'does it' },
  },
  examples: [
    ["erase 'auth0|65f1c0ffee'", 'what it would do'],
    ["erase 'auth0|65f1c0ffee' --yes", 'does it'],
    ["erase 'auth0|65f1c0ffee' --by-hand crm --yes", 'crm cannot remove accounts, and you did'],
  ],
  endsWithOne: 'something is left, so that there is no certificate yet',
  run: eraseUser,
});

export interface EraseArgs {
  readonly userId: string;
  readonly keepAuth0: boolean;
  readonly byHand?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly yes: boolean;
}

export type EraseDeps = TenantDeps & PersonDeps & Omit<CarryOutDeps, 'tell'> & Pick<Deps, 'audit'>;

export async function eraseUser(args: EraseArgs, deps: EraseDeps): Promise<Report> {
  const { userId, keepAuth0, byHand = [], yes } = args;
  if (userId.trim() === '') throw usageError('The user id is empty');
  const tenant = keepAuth0 ? undefined : await openTenantOf(userId, deps);
  const person = await findPerson(userId, tenant, deps);
  refuseGone(person, systemsOf(await deps.outputs(), undefined), byHand);
  if (!yes) return plan(person, byHand, deps);
  const entry = { act: 'erase', subject: person.userRef };
  const ways = { tenant, byHand, out: args.out };
  const { report } = await audited(deps, entry, (tell) => carryOut(person, ways, { ...deps, tell }));
  return report;
}

// Its SDK takes longer to load than most commands take.
async function openTenantOf(userId: string, deps: EraseDeps): Promise<Tenant> {
  const { openTenant } = require('../actions/open-tenant') as typeof import('../actions/open-tenant');
  return openTenant(deps, [userId]);
}

async function plan(person: Person, byHand: readonly string[], deps: EraseDeps): Promise<Report> {
  const messages = await countMessages(person, deps);
  const planned = { byHand, messages, hasInvitations: await hasInvitations(deps) };
  deps.screen.print(...describePlan(person, planned, deps));
  const { userRef, until, links, systems, profile = 'kept' } = person;
  const progress = progressOf(person, links);
  const shown = systems.map((system) => ({
    system,
    state: links.find((one) => one.system === system)?.state,
  }));
  const isDone = progress.every(({ is }) => is === 'done');
  return {
    json: { dryRun: true, userRef, until, isErased: isDone, systems: shown, messages, auth0: profile },
  };
}
