import { createHash } from 'node:crypto';
import type { OnLeave, Work } from '../../user-links/decision';
import type { Intent } from '../../user-links/intent';
import type { Closing } from '../../user-links/transitions';
import { isOutside, type UserLink } from '../../user-links/user-link';
import { unlessUnknown } from '../accounts/unless-unknown';
import type { AccountRequest } from '../connector';
import { goesWhenOff } from '../leaving/ending-of';
import type { AccountErased } from '../leaving/erase-account';
import type { Handover, HandoverOrder, Wanted } from './handover';

/** How a system to which accounts are handed over is treated. Epoch ms and milliseconds. */
export interface HandoverPolicy {
  readonly now: number;
  readonly ending: 'delete' | 'disable';
  readonly graceMs: number;
  readonly onLeaveScope: OnLeave;
  /** What the system has to say which account it made; absent when it never does. */
  readonly signOffMs?: number;
}

const WANTED: Readonly<Record<Work, Wanted>> = {
  present: 'present',
  enabled: 'enabled',
  disabled: 'disabled',
  leaving: 'disabled',
  absent: 'absent',
  erased: 'erased',
};

export interface Handing {
  readonly work: Work;
  readonly intent: Intent;
  readonly request: AccountRequest;
}

/** Tells a system what a link wants of it; gives how the link stands then. */
export async function handOver(
  handover: Handover,
  link: UserLink,
  { work, intent, request }: Handing,
  policy: HandoverPolicy,
): Promise<Closing> {
  const { version, fingerprint } = intent;
  const isWanted = work === 'present' || work === 'enabled';
  // A reminder has no profile, and a time that changes when it is sent once more. The time at which the step was due
  // stays, and another one of the same life is due at another.
  const due = { step: `${link.dueAt ?? ''}` };
  const news = isWanted ? { version, fingerprint } : work === 'disabled' ? { version } : due;
  // Who is told twice makes one account, and who is not told again may have made one.
  const call = handover.deliver(orderOf(link, request, { work, ...news }));
  await unlessUnknown(call, isWanted ? 'unknown' : undefined);
  return closingAfter(link, { work, intent }, policy);
}

/**
 * Tells a system to forget a user. Nobody can look whether it did; so it is told again in place of the second look, in
 * case that something earlier was held up on the way.
 */
export async function tellErasure(
  handover: Handover,
  link: UserLink,
  request: AccountRequest,
): Promise<AccountErased> {
  const { accountId, creation, next = 'erase' } = link;
  await unlessUnknown(handover.deliver(orderOf(link, request, { work: 'erased', step: next })));
  const accountIds = accountId === undefined ? [] : [accountId];
  const removed = accountId !== undefined || creation !== undefined;
  return { kind: 'erased', accountIds, removed, told: true };
}

/** What tells one message about an account from another one. */
interface News {
  readonly work: Work;
  readonly version?: number;
  readonly fingerprint?: string;
  readonly step?: string;
}

function orderOf(link: UserLink, request: AccountRequest, news: News): HandoverOrder {
  const { generation, accountId, acceptedAt, revision } = link;
  const { work, version } = news;
  return {
    ...{ id: idOf(link, news), wanted: WANTED[work], request },
    ...(generation === undefined ? {} : { generation }),
    ...(version === undefined ? {} : { version }),
    ...(accountId === undefined ? {} : { accountId }),
    sequence: revision,
    since: acceptedAt,
  };
}

function idOf(
  { userRef, system, generation = '' }: UserLink,
  { work, version, fingerprint = '', step = '' }: News,
): string {
  const told = JSON.stringify([userRef, system, generation, work, version ?? '', fingerprint, step]);
  return `msg_${createHash('sha256').update(told).digest('base64url')}`;
}

function closingAfter(
  link: UserLink,
  { work, intent }: Pick<Handing, 'work' | 'intent'>,
  policy: HandoverPolicy,
): Closing {
  switch (work) {
    case 'absent':
      return isOutside(link) ? { state: 'skipped', code: 'out-of-scope' } : { state: 'deprovisioned' };
    case 'leaving':
      return offClosing(link, policy);
    case 'disabled':
      return goesWhenOff(policy, link) ? offClosing(link, policy) : { state: 'disabled', ...accountOf(link) };
    default:
      return { ...wantedClosing(link, policy), ...shownAfter(link, intent) };
  }
}

function offClosing(link: UserLink, { ending, now, graceMs }: HandoverPolicy): Closing {
  return ending === 'delete'
    ? { state: 'deprovisioning', dueAt: now + graceMs }
    : { state: 'disabled', ...accountOf(link) };
}

function wantedClosing(
  link: UserLink,
  policy: HandoverPolicy,
): Closing & { state: 'linked' | 'handed-over' } {
  const { accountId, ownership } = link;
  if (accountId !== undefined) return { state: 'linked', accountId, ownership: ownership ?? 'created' };
  return { state: 'handed-over', creation: 'unknown', ...deadlineOf(link, policy) };
}

// Who changes their profile every day must not keep a system that says nothing from being noticed.
function deadlineOf({ state, dueAt }: UserLink, { now, signOffMs }: HandoverPolicy) {
  if (signOffMs === undefined) return {};
  return { dueAt: state === 'handed-over' && dueAt !== undefined ? dueAt : now + signOffMs };
}

// Of an account that the system had not heard of before, nothing is known that it was not told.
function shownAfter({ creation, accountId }: UserLink, intent: Intent) {
  const { complete, version, fingerprint, fingerprintOfNew } = intent;
  const isNew = creation === undefined && accountId === undefined;
  return complete ? { version, applied: isNew ? fingerprintOfNew : fingerprint } : {};
}

// An account whose id nobody told us is there all the same.
function accountOf({ accountId, ownership }: UserLink) {
  return accountId === undefined
    ? ({ creation: 'unknown' } as const)
    : { accountId, ownership: ownership ?? ('created' as const) };
}
