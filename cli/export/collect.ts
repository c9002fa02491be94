import type { AuditRow } from '../../events/audit-row';
import { addressOf } from '../../events/invitations/address-of';
import { KEPT_ELSEWHERE, type NotIncluded } from '../../events/kept-elsewhere';
import { parseJson } from '../../events/parse-json';
import { keptOfLink } from '../../lambdas/user-links/kept-of-link';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { findQuarantine } from '../dlq/parked-queue';
import { peek } from '../dlq/peek';
import { type Matching, matchesIn, queuesThatMayName, type Sought } from '../erase/messages-of';
import { readLinks } from '../erase/person';
import type { ApiDeps } from '../invitation/call-api';
import { hasInvitations, readInvitations } from '../invitation/invitations-of-user';
import { outputOf } from '../target/outputs';

/** What is known of a person, unmasked, without any secret. */
export interface PersonalData {
  readonly type: 'punctual.export';
  readonly version: 1;
  readonly exportedAt: string;
  readonly stack: string;
  readonly tenant: string;
  readonly userId: string;
  readonly userRef: string;
  /** A row per system: state, account id, times. */
  readonly links: readonly object[];
  /** Those that the person accepted, and those to their address; absent of a stack that has none. */
  readonly invitations?: readonly object[];
  /** Events that wait for an operator, with all that they say. */
  readonly messages: readonly object[];
  /** What operators did about this person. */
  readonly acts: readonly AuditRow[];
  /** As Auth0 shows it; null where there is none. */
  readonly profile?: object | null;
  readonly notIncluded: readonly Missing[];
}

export interface Missing extends NotIncluded {
  /** True where it could not be read. */
  readonly failed?: true;
}

export type CollectDeps = Pick<
  Deps,
  'outputs' | 'links' | 'queues' | 'secrets' | 'audit' | 'now' | 'stopping' | 'screen'
> &
  ApiDeps;

interface Who {
  readonly userId: string;
  readonly userRef: string;
}

export interface Sources {
  /** Undefined for somebody who is not there. */
  readonly readProfile: () => Promise<object | undefined>;
}

export async function collect(who: Who, { readProfile }: Sources, deps: CollectDeps): Promise<PersonalData> {
  const outputs = await deps.outputs();
  const missing: Missing[] = [...KEPT_ELSEWHERE];
  const links = await readLinks(who.userRef, deps);
  const profile = await collectProfile(readProfile, missing);
  const email = addressOf(profile);
  const messages = await collectMessages({ ...who, email }, missing, deps);
  const acts = await collectActs(who.userRef, links, missing, deps);
  const invitations = await collectInvitations(
    { ...who, email: email ?? (profile === undefined ? undefined : null) },
    missing,
    deps,
  );
  return {
    ...{ type: 'punctual.export', version: 1, exportedAt: new Date(deps.now()).toISOString() },
    ...{ stack: outputs.stackName, tenant: outputOf(outputs, 'Auth0Tenant'), ...who },
    ...{ links: links.map(keptOfLink), messages, acts },
    ...(invitations === undefined ? {} : { invitations }),
    ...(profile === undefined ? {} : { profile }),
    notIncluded: missing,
  };
}

const MOST_LOOKED_AT = 10_000;

async function collectMessages(who: Sought, missing: Missing[], deps: CollectDeps): Promise<object[]> {
  const parked = [...(await queuesThatMayName(who, deps)), await findQuarantine(deps)];
  const found: object[] = [];
  for (const { name, url } of parked) {
    const { messages, isEverything, hidden } = await peek(await deps.queues(), url, MOST_LOOKED_AT, deps);
    if (!isEverything || hidden > 0) {
      const where = `punctual dlq show, or quarantine show: ${hidden > 0 ? 'somebody has some in hand' : 'there are too many'}`;
      missing.push({ what: `some messages of ${name}`, where, failed: true });
    }
    const theirs = messages.filter(matchesIn({ name }, who));
    found.push(...theirs.map((message) => ({ queue: name, ...describeMessage(message) })));
  }
  return found;
}

// The signature would let nobody in, and belongs to nobody.
function describeMessage({
  id,
  body,
  sentAt,
  attributes,
}: Parameters<Matching>[0] & {
  readonly id: string;
  readonly sentAt: number;
  readonly attributes: Readonly<Record<string, string>>;
}) {
  const { webhook: _webhook, ...shown } = attributes;
  return { id, sentAt: new Date(sentAt).toISOString(), attributes: shown, event: parseJson(body) ?? body };
}

const MOST_ACTS_A_MONTH = 10_000;

/** Acts name a person by their userRef alone, so that every month since the first link has to be looked through. */
async function collectActs(
  userRef: string,
  links: readonly UserLink[],
  missing: Missing[],
  deps: CollectDeps,
): Promise<AuditRow[]> {
  const audit = await deps.audit();
  const acts: AuditRow[] = [];
  for (const month of monthsSince(oldestOf(links, deps.now()), deps.now())) {
    const rows = await audit.list(month, MOST_ACTS_A_MONTH);
    acts.push(...rows.filter(({ subject }) => subject.split(' ').includes(userRef)));
  }
  missing.push({
    what: 'acts of operators before the first month that a link knows, or that name nobody',
    where: 'punctual audit list --month',
  });
  return acts;
}

function oldestOf(links: readonly UserLink[], now: number): number {
  const times = links.flatMap(({ acceptedAt, generation = '' }) => [acceptedAt, Date.parse(generation)]);
  return Math.min(now, ...times.filter((time) => time > 0));
}

const MOST_MONTHS = 120;

/** From `from` to `to`, epoch ms: `2026-11`, `2026-12`. */
export function monthsSince(from: number, to: number): string[] {
  const months: string[] = [];
  const last = new Date(to);
  for (let back = 0; back < MOST_MONTHS; back += 1) {
    const first = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - back, 1));
    months.unshift(first.toISOString().slice(0, 7));
    if (first.getTime() <= from) break;
  }
  return months;
}

/** By the address of the profile as well, where somebody could read it. */
async function collectInvitations(
  { userId, email }: Parameters<typeof readInvitations>[0],
  missing: Missing[],
  deps: CollectDeps,
): Promise<object[] | undefined> {
  if (!(await hasInvitations(deps))) return undefined;
  try {
    return await readInvitations({ userId, email }, deps);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    missing.push({ what: 'invitations', where: error.message, failed: true });
    return undefined;
  }
}

async function collectProfile(
  readProfile: Sources['readProfile'],
  missing: Missing[],
): Promise<object | null | undefined> {
  try {
    return (await readProfile()) ?? null;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const isChoice = error.code === 'no-client-credentials';
    const where = isChoice ? 'give AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET' : error.message;
    missing.push({ what: 'the profile in Auth0', where, ...(isChoice ? {} : { failed: true }) });
    return undefined;
  }
}
