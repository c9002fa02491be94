import { placeName } from '../../events/instance-name';
import { describeDuration } from '../../terminal/duration';
import { type Line, type Style, styled } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import type { LinkRow } from '../aws/link-table';
import type { Deps } from '../deps';
import { describeAnyCode } from '../describe-any-code';

/** A link as it may be shown; `no link` where there is no row. */
export type ShownLink = Omit<LinkRow, 'user_id' | 'userRef'> & { readonly userRef?: string };

const STYLES: Readonly<Record<string, Style>> = {
  linked: 'green',
  pending: 'yellow',
  held: 'yellow',
  rejected: 'red',
  failed: 'red',
  'no link': 'dim',
};

/** A table of links, and below it what their codes mean. */
export function describeLinks(
  links: readonly ShownLink[],
  { screen, now }: Pick<Deps, 'screen' | 'now'>,
): Line[] {
  const columns = [SYSTEM, STATE, ACCOUNT_OR_CODE, ...figures(now())];
  return [...renderTable(columns, links, screen.width), ...describeCodes(links)];
}

/** The same for links of many people in one state. */
export function describeList(
  links: readonly ShownLink[],
  withSystem: boolean,
  { screen, now }: Pick<Deps, 'screen' | 'now'>,
): Line[] {
  const columns = [USER_REF, ...(withSystem ? [SYSTEM] : []), ...figures(now()), CODE];
  return [...renderTable(columns, links, screen.width), ...describeCodes(links)];
}

const SYSTEM: Column<ShownLink> = {
  title: 'system',
  text: ({ system, instance }) => placeName(system, instance),
};
const STATE: Column<ShownLink> = {
  title: 'state',
  text: ({ state }) => state,
  style: ({ state }) => STYLES[state],
};
// One column for both, as a link that has an account seldom has a code, and the two together need 60 characters.
const ACCOUNT_OR_CODE: Column<ShownLink> = {
  title: 'account id, or why none',
  text: ({ accountId, code }) => accountId ?? code ?? '',
  flexible: true,
};
const CODE: Column<ShownLink> = { title: 'code', text: ({ code }) => code ?? '' };
const USER_REF: Column<ShownLink> = { title: 'user ref', text: ({ userRef }) => userRef ?? '' };

function figures(now: number): Column<ShownLink>[] {
  return [
    { title: 'tries', text: ({ attempts }) => `${attempts ?? ''}`, align: 'right' },
    { title: 'age', text: (link) => ageOf(link, now), align: 'right' },
  ];
}

/** How long it has been so; of a pending link, how long the person has waited. */
export function ageOf(
  { state, acceptedAt, updatedAt }: Pick<ShownLink, 'state' | 'acceptedAt' | 'updatedAt'>,
  now: number,
): string {
  const since = state === 'pending' ? acceptedAt : Date.parse(updatedAt ?? '');
  return since === undefined || Number.isNaN(since) ? '' : describeDuration(now - since);
}

/** What the codes of links, or of whatever else has one, mean. */
export function describeCodes(links: readonly { readonly code?: string }[]): Line[] {
  const codes = [...new Set(links.flatMap(({ code }) => code ?? []))].sort();
  if (codes.length === 0) return [];
  return ['', ...codes.map((code): Line => [styled('bold', code), `: ${describeAnyCode(code)}`])];
}

export function toJson({
  system,
  instance,
  state,
  userRef,
  accountId,
  code,
  attempts,
  acceptedAt,
  updatedAt,
}: ShownLink) {
  const words = code === undefined ? undefined : describeAnyCode(code);
  const accepted = acceptedAt === undefined ? undefined : new Date(acceptedAt).toISOString();
  return {
    ...(userRef && { userRef }),
    system,
    ...(instance && { instance }),
    state,
    accountId,
    code,
    words,
    attempts,
    acceptedAt: accepted,
    updatedAt,
  };
}
