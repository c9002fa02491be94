import { randomUUID } from 'node:crypto';
import { styled } from '../../terminal/line';
import type { TenantDeps } from '../actions/open-tenant';
import type { Tenant } from '../actions/tenant';
import { audited, type Tell } from '../audit/audited';
import type { AuthProfile } from '../certificate/certificate';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { systemsOf } from '../target/outputs';
import { type AskDeps, askWorkers } from './ask-workers';
import { describeOthers, describePlan } from './describe-erasure';
import { type FollowDeps, followLinks } from './follow-links';
import { type IssueDeps, issueCertificate } from './issue-certificate';
import { type MarkDeps, markLinks } from './mark-links';
import { findPerson, type Person, type PersonDeps, readLinks, refuseGone } from './person';
import { progressOf, type SystemProgress } from './progress-of';
import { countMessages, type SweepDeps, type Swept, sweepMessages } from './sweep-messages';

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
      description: 'a system whose account you have removed yourself; may be repeated',
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

export type EraseDeps = TenantDeps &
  PersonDeps &
  MarkDeps &
  AskDeps &
  FollowDeps &
  SweepDeps &
  IssueDeps &
  Pick<Deps, 'audit' | 'saveText' | 'typed'>;

export async function eraseUser(args: EraseArgs, deps: EraseDeps): Promise<Report> {
  const { userId, keepAuth0, byHand = [], yes } = args;
  if (userId.trim() === '') throw usageError('The user id is empty');
  const tenant = keepAuth0 ? undefined : await openTenantOf(userId, deps);
  const person = await findPerson(userId, tenant, deps);
  refuseGone(person, systemsOf(await deps.outputs(), undefined), byHand);
  if (!yes) return plan(person, byHand, deps);
  const entry = { act: 'erase', subject: person.userRef };
  const { report } = await audited(deps, entry, (tell) => carryOut(person, tenant, args, { ...deps, tell }));
  return report;
}

// Its SDK takes longer to load than most commands take.
async function openTenantOf(userId: string, deps: EraseDeps): Promise<Tenant> {
  const { openTenant } = require('../actions/open-tenant') as typeof import('../actions/open-tenant');
  return openTenant(deps, [userId]);
}

async function plan(person: Person, byHand: readonly string[], deps: EraseDeps): Promise<Report> {
  const messages = await countMessages(person.userId, deps);
  deps.screen.print(...describePlan(person, { byHand, messages }, deps));
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

type Working = EraseDeps & { readonly tell: Tell };

async function carryOut(person: Person, tenant: Tenant | undefined, args: EraseArgs, deps: Working) {
  const progress = await removeAccounts(person, args.byHand ?? [], deps);
  const left = progress.filter(({ is }) => is !== 'done');
  if (left.length > 0) return stopHere(person, progress, deps);
  const messages = await sweepMessages(person.userId, deps);
  deps.tell({ systems: progress.length, deleted: sumOf(messages) });
  if (!messages.every(({ isEverything }) => isEverything)) return stopHere(person, progress, deps, messages);
  const auth0 = await endProfile(person, tenant, deps);
  const certificate = await issueCertificate({ person, progress, messages, auth0 }, deps);
  const file = args.out ?? fileOf(person, deps.now());
  const counts = { systems: progress.length, deleted: sumOf(messages) };
  // The audit row has it as well: a disk that is full does not cost the certificate.
  const isSaved = await save(file, certificate, deps);
  describeDone(person, { file, isSaved, auth0, messages }, deps);
  const json = {
    dryRun: false,
    userRef: person.userRef,
    isErased: true,
    file: isSaved ? file : undefined,
    certificate,
  };
  return { outcome: 'done' as const, counts, certificate, report: { json } };
}

async function removeAccounts(
  person: Person,
  byHand: readonly string[],
  deps: Working,
): Promise<SystemProgress[]> {
  const eventId = `erase_${randomUUID()}`;
  await markLinks(person, { byHand, eventId }, deps);
  const progress = progressOf(person, await readLinks(person.userRef, deps));
  const waits = ({ is, link }: SystemProgress) => is === 'done' || (is === 'open' && link?.next === 'verify');
  if (!progress.every(waits) && !deps.stopping().aborted) await askWorkers(person, eventId, deps);
  return followLinks(person, deps);
}

const sumOf = (messages: readonly Swept[]) => messages.reduce((sum, { deleted }) => sum + deleted, 0);

function stopHere(
  person: Person,
  progress: readonly SystemProgress[],
  deps: Working,
  messages: readonly Swept[] = [],
) {
  const systems = progress.map(({ system, is, words }) => ({ system, is, words }));
  const unseen = messages.filter(({ isEverything }) => !isEverything).map(({ queue }) => queue);
  deps.screen.print(
    '',
    [styled('yellow', 'Not everything is erased, so there is no certificate yet.')],
    ...(unseen.length === 0 ? [] : [`Somebody has messages of ${unseen.join(', ')} in hand.`]),
    'Nobody comes back meanwhile. The runbook says what to do with a system that is stuck; then run it again.',
  );
  const counts = { systems: progress.length, left: progress.filter(({ is }) => is !== 'done').length };
  const json = { dryRun: false, userRef: person.userRef, isErased: false, systems, messages };
  return { outcome: 'stopped' as const, counts, report: { exitCode: 1 as const, json } };
}

/** Last, because the profile is what an erasure that fails half way is found and begun again by. */
async function endProfile(
  { userId, profile }: Person,
  tenant: Tenant | undefined,
  { now }: Pick<Deps, 'now'>,
): Promise<AuthProfile> {
  const at = () => new Date(now()).toISOString();
  if (tenant === undefined) return { profile: 'kept', at: at() };
  // An answer that was lost, or one that came before, is as good: nobody is there in the end.
  await tenant.removeUser(userId);
  if ((await tenant.user(userId)) !== undefined) await tenant.removeUser(userId);
  return { profile: profile === 'there' ? 'deleted' : 'not-found', at: at() };
}

function fileOf({ userRef }: Person, now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `erasure-${userRef.slice(0, 12)}-${time}.jws`;
}

async function save(file: string, certificate: string, { saveText, screen }: Working): Promise<boolean> {
  try {
    await saveText(file, `${certificate}\n`);
    return true;
  } catch (error) {
    screen.warn('not-saved', `${(error as Error).message}; the certificate is in the audit table`);
    return false;
  }
}

interface Told {
  readonly file: string;
  readonly isSaved: boolean;
  readonly auth0: AuthProfile;
  readonly messages: readonly Swept[];
}

function describeDone(person: Person, { file, isSaved, auth0, messages }: Told, deps: Working): void {
  const { screen, typed } = deps;
  screen.print(
    '',
    [styled('green', 'Erased'), ` in ${person.systems.length} systems. ${PROFILE_ENDED[auth0.profile]}`],
    ...(sumOf(messages) === 0 ? [] : [`${sumOf(messages)} parked messages were deleted.`]),
    ...(isSaved ? [`The certificate is ${file}`, `  ${typed(`erase verify ${file}`)}`] : []),
    ...describeOthers(person, screen.width),
  );
}

const PROFILE_ENDED = {
  deleted: 'The profile in Auth0 is deleted.',
  'not-found': 'Auth0 has no profile of them.',
  kept: 'The profile in Auth0 was kept.',
} as const;
