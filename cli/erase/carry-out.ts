import { randomUUID } from 'node:crypto';
import { styled } from '../../terminal/line';
import type { Tenant } from '../actions/tenant';
import type { Tell } from '../audit/audited';
import type { Deps } from '../deps';
import type { ApiDeps } from '../invitation/call-api';
import { forgetInvitations, hasInvitations } from '../invitation/invitations-of-user';
import { describeDone } from './describe-erasure';
import { endProfile } from './end-profile';
import { type FollowDeps, followLinks } from './follow-links';
import { type IssueDeps, issueCertificate } from './issue-certificate';
import { type MarkDeps, markLinks } from './mark-links';
import { type Person, readLinks } from './person';
import { progressOf, type SystemProgress } from './progress-of';
import { fileOf, saveCertificate } from './save-certificate';
import { sendRequest } from './send-request';
import { type SweepDeps, type Swept, sumOf, sweepMessages } from './sweep-messages';
import { type TellDeps, tellConsumers } from './tell-consumers';

export type CarryOutDeps = MarkDeps &
  ApiDeps &
  TellDeps &
  FollowDeps &
  SweepDeps &
  IssueDeps &
  Pick<Deps, 'saveText' | 'typed'> & { readonly tell: Tell };

interface Ways {
  /** Absent where the profile stays. */
  readonly tenant: Tenant | undefined;
  readonly byHand: readonly string[];
  /** Where the certificate goes. @default a name of its own */
  readonly out?: string | undefined;
}

/**
 * Accounts first, then what is parked, then the profile; the certificate says that all of it is gone. Systems without
 * links are told before what is parked goes: an event that nobody takes after all is parked itself.
 */
export async function carryOut(person: Person, { tenant, byHand, out }: Ways, deps: CarryOutDeps) {
  const progress = await removeAccounts(person, byHand, deps);
  const left = progress.filter(({ is }) => is !== 'done');
  if (left.length > 0) return stopHere(person, progress, deps);
  const told = await tellConsumers(person, deps);
  const requests = told.map(({ eventId }) => eventId);
  const messages = await sweepMessages(person, requests, deps);
  deps.tell({ systems: progress.length, deleted: sumOf(messages) });
  if (!messages.every(({ isEverything }) => isEverything)) return stopHere(person, progress, deps, messages);
  // Before the profile goes: its address leads to those that nobody accepted.
  const invitations = await forget(person, deps);
  const auth0 = await endProfile(person, tenant, deps);
  const certificate = await issueCertificate(
    { person, progress, told, byHand, messages, invitations, auth0 },
    deps,
  );
  const file = out ?? fileOf(person, deps.now());
  const counts = {
    ...{ systems: progress.length, deleted: sumOf(messages) },
    ...(invitations !== undefined && { invitations }),
  };
  // The audit row has it as well: a disk that is full does not cost the certificate.
  const isSaved = await saveCertificate(file, certificate, deps);
  deps.screen.print(...describeDone(person, { file, isSaved, auth0, messages, invitations }, deps));
  const json = {
    dryRun: false,
    userRef: person.userRef,
    isErased: true,
    file: isSaved ? file : undefined,
    certificate,
  };
  return { outcome: 'done' as const, counts, certificate, report: { json } };
}

async function forget(person: Person, deps: CarryOutDeps): Promise<number | undefined> {
  if (!(await hasInvitations(deps))) return undefined;
  const { userId, until, profile } = person;
  // Where the profile stays it was not read here.
  const email = person.email ?? (profile === undefined ? undefined : null);
  return forgetInvitations({ userId, email }, until, deps);
}

async function removeAccounts(
  person: Person,
  byHand: readonly string[],
  deps: CarryOutDeps,
): Promise<SystemProgress[]> {
  const eventId = `erase_${randomUUID()}`;
  await markLinks(person, { byHand, eventId }, deps);
  const progress = progressOf(person, await readLinks(person.userRef, deps));
  const waits = ({ is, link }: SystemProgress) => is === 'done' || (is === 'open' && link?.next === 'verify');
  if (!progress.every(waits) && !deps.stopping().aborted) await sendRequest(person, { id: eventId }, deps);
  return followLinks(person, deps);
}

function stopHere(
  person: Person,
  progress: readonly SystemProgress[],
  deps: CarryOutDeps,
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
