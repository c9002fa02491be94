import { HELD_CODES } from '../../lambdas/user-links/release';
import { type Line, styled } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import { wrap } from '../../terminal/wrap';
import type { LinkRow } from '../aws/link-table';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeAnyCode } from '../describe-any-code';
import { ageOf, toJson } from '../status/describe-links';
import { takeHeld } from '../status/list-links';
import { whatToDo } from './what-to-do';

export const list = defineCommand({
  usage: 'link list',
  summary: 'what waits for an operator, why, and what can be done',
  details: 'Names people by userRef only. What link release would do with one of them it says itself.',
  options: {
    system: { type: 'string', description: 'this system only' },
    code: { type: 'string', choices: HELD_CODES, description: 'those alone that are held for this' },
    limit: { type: 'number', default: 50, description: 'how many links to list, at most' },
  },
  examples: [
    ['link list', 'in every system'],
    ['link list --system crm --code deletion-threshold', 'deletions of one that were too many'],
  ],
  run: listHeld,
});

export interface ListArgs {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly limit: number;
}

export type ListDeps = Pick<Deps, 'outputs' | 'links' | 'screen' | 'now' | 'typed'>;

export async function listHeld(args: ListArgs, deps: ListDeps): Promise<Report> {
  const { links, more } = await takeHeld(args, deps);
  if (links.length === 0) deps.screen.print(`No link is held${wordsOf(args)}.`);
  else deps.screen.print(...describeRows(links, args, deps), ...describeCodes(links, args, deps));
  if (more) deps.screen.print('', `There are more than ${args.limit}; --limit shows more.`);
  return { json: { links: links.map(heldToJson), more } };
}

function wordsOf({ system, code }: ListArgs): string {
  return `${system === undefined ? '' : ` in ${system}`}${code === undefined ? '' : ` for ${code}`}`;
}

/** A line of each link, and below it what is known of the account. */
function describeRows(links: readonly LinkRow[], { system }: ListArgs, { screen, now }: ListDeps): Line[] {
  const columns: Column<LinkRow>[] = [
    { title: 'user ref', text: ({ userRef }) => userRef },
    ...(system === undefined ? [{ title: 'system', text: (link: LinkRow) => link.system }] : []),
    { title: 'age', text: (link) => ageOf(link, now()), align: 'right' },
    { title: 'code', text: ({ code = '' }) => code },
  ];
  const [head = '', ...rows] = renderTable(columns, links, screen.width);
  return [head, ...links.flatMap((link, index) => [rows[index] ?? '', ...describeKnown(link)])];
}

// An account id may be the user's id or name: it is shown to who names the user.
function describeKnown({ accountId, candidate, mergedInto }: LinkRow): Line[] {
  const known = [
    ...(accountId === undefined ? [] : ['has an account']),
    ...(candidate === undefined ? [] : ['an account was found that may be theirs']),
    ...(mergedInto === undefined ? [] : [`became part of ${mergedInto}`]),
  ];
  return known.length === 0 ? [] : [[styled('dim', `  ${known.join(', ')}`)]];
}

function describeCodes(links: readonly LinkRow[], { system }: ListArgs, deps: ListDeps): Line[] {
  const codes = [...new Set(links.flatMap(({ code }) => code ?? []))].sort();
  const described = codes.flatMap((code): Line[] => [
    [styled('bold', code), `: ${describeAnyCode(code)}`],
    ...wrap(`To do: ${whatToDo(code)}`, deps.screen.width - 2).map((line) => `  ${line}`),
  ]);
  const release = deps.typed(`link release --ref <user ref> --system ${system ?? '<system>'}`);
  return ['', ...described, '', `What a release would do: ${release}`];
}

function heldToJson({ user_id: _user, accountId, candidate, mergedInto, ...link }: LinkRow) {
  return {
    ...toJson(link),
    hasAccount: accountId !== undefined,
    hasCandidate: candidate !== undefined,
    mergedInto,
    toDo: whatToDo(link.code),
  };
}
