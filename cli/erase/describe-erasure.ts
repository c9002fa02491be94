import { isErasedUntil, isErasing } from '../../lambdas/user-links/erasure';
import { countOf } from '../../terminal/count-of';
import { describeDuration } from '../../terminal/duration';
import { type Line, type Style, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { AuthProfile } from '../certificate/certificate';
import type { Deps } from '../deps';
import { quoted } from '../quoted';
import { accountShown } from '../status/account-shown';
import type { Person } from './person';
import type { SystemProgress } from './progress-of';
import { type Counted, type Swept, sumOf } from './sweep-messages';

const STYLES: Readonly<Record<SystemProgress['is'], Style>> = { done: 'green', open: 'yellow', stuck: 'red' };

/** A line per system. */
export function describeProgress(progress: readonly SystemProgress[], now: number): Line[] {
  const width = Math.max(...progress.map(({ system }) => system.length));
  return progress.map(({ system, is, words, link }): Line => {
    const dueAt = is === 'open' && link?.next === 'verify' ? (link.dueAt ?? 0) : 0;
    return [system.padEnd(width), '  ', styled(STYLES[is], `${words}${waitOf(dueAt, now)}`)];
  });
}

// What is due the sweeper brings, which comes every five minutes.
function waitOf(dueAt: number, now: number): string {
  if (dueAt === 0) return '';
  return dueAt > now ? ` in ${describeDuration(dueAt - now)} or a few minutes more` : ' within five minutes';
}

export interface Planned {
  readonly byHand: readonly string[];
  readonly messages: readonly Counted[];
  /** Whether people are invited here. */
  readonly hasInvitations: boolean;
}

/** What an erasure would do, and what it needs to do it. */
export function describePlan(
  person: Person,
  { byHand, messages, hasInvitations }: Planned,
  { screen }: Pick<Deps, 'screen'>,
): Line[] {
  const { systems, consumers, retired } = person;
  const width = Math.max(...[...systems, ...consumers, ...retired].map((system) => system.length));
  const parked = messages.filter((one) => one.messages > 0);
  return [
    `Would erase ${person.userId} for good: every life that began ${person.until} or before.`,
    ...systems.map((system) => `  ${system.padEnd(width)}  ${planOf(person, system, byHand)}`),
    ...[...consumers, ...retired].map(
      (system) => `  ${system.padEnd(width)}  ${planUntraced(person, system, byHand)}`,
    ),
    ...parked.map(({ queue, messages: count }) => `  ${count} parked in ${queue} would be deleted`),
    ...(hasInvitations
      ? ['  invitations that they accepted, or that are to their address, forget them']
      : []),
    `  ${PROFILE[person.profile ?? 'kept']}`,
    ...describeOthers(person, screen.width),
    [styled('bold', 'Nothing was changed.'), ' The same with --yes does it. There is no way back.'],
  ];
}

const BY_HAND = 'the account is gone, as you say; nobody looks';

function planOf({ links, userId, until }: Person, system: string, byHand: readonly string[]): string {
  const link = links.find((one) => one.system === system);
  if (byHand.includes(system)) return BY_HAND;
  if (link === undefined) return 'no link: looks whether there is an account';
  const account = accountShown(link, userId);
  if (isErasedUntil(link, until)) return 'erased already';
  if (isErasing(link)) return 'is being erased already';
  return account === undefined
    ? `${link.state}: looks whether there is an account`
    : `${link.state}: removes the account ${account}`;
}

/** Of a system without links. */
function planUntraced({ consumers }: Person, system: string, byHand: readonly string[]): string {
  const begun = consumers.includes(system) ? 'is told' : 'takes no events';
  return `${begun}; ${byHand.includes(system) ? BY_HAND : 'what it does, it alone can say'}`;
}

const PROFILE = {
  there: 'the profile in Auth0 would be deleted in the end',
  'not-found': 'Auth0 has no profile of them',
  kept: 'the profile in Auth0 stays',
} as const;

function describeOthers({ others }: Pick<Person, 'others'>, width: number): Line[] {
  if (others.length === 0) return [];
  const ids = others.map(quoted).join(', ');
  const words = `Linked to this user in Auth0, and erased on their own: ${ids}.`;
  return wrap(words, width);
}

interface Told {
  readonly file: string;
  readonly isSaved: boolean;
  readonly auth0: AuthProfile;
  readonly messages: readonly Swept[];
  readonly invitations: number | undefined;
}

/** What was done, and where the proof of it is. */
export function describeDone(
  person: Person,
  { file, isSaved, auth0, messages, invitations = 0 }: Told,
  { screen, typed }: Pick<Deps, 'screen' | 'typed'>,
): Line[] {
  return [
    '',
    [styled('green', 'Erased'), ` in ${person.systems.length} systems. ${PROFILE_ENDED[auth0.profile]}`],
    ...(sumOf(messages) === 0 ? [] : [`${sumOf(messages)} parked messages were deleted.`]),
    ...(invitations === 0 ? [] : [`${countOf(invitations, 'invitation')} forgot the person.`]),
    ...(isSaved ? [`The certificate is ${file}`, `  ${typed(`erase verify ${file}`)}`] : []),
    ...describeOthers(person, screen.width),
  ];
}

const PROFILE_ENDED = {
  deleted: 'The profile in Auth0 is deleted.',
  'not-found': 'Auth0 has no profile of them.',
  kept: 'The profile in Auth0 was kept.',
} as const;
