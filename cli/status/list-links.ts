import { styled } from '../../terminal/line';
import type { LinkRow } from '../aws/link-table';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { type Outputs, outputOf, systemsOf } from '../target/outputs';
import { describeList, type ShownLink, toJson } from './describe-links';

export type ListDeps = Pick<Deps, 'outputs' | 'links' | 'screen' | 'now'>;

interface Asked {
  readonly system?: string | undefined;
  readonly state: string;
  readonly limit: number;
}

/** States that the index of unsettled links holds; of pending ones those that have failed at least once. */
const INDEXED = ['held', 'failed', 'rejected', 'pending'];

export async function listLinks(asked: Asked, deps: ListDeps): Promise<Report> {
  const outputs = await deps.outputs();
  const isIndexed = INDEXED.includes(asked.state);
  if (!isIndexed)
    note(
      deps,
      `No index holds ${asked.state} links: this reads the whole table, which takes time and money.`,
    );
  if (asked.state === 'pending')
    note(deps, 'Those that were tried and come back; what is just being made is not listed.');
  const { links: rows, more } = await take(candidates(asked, isIndexed, outputs, deps), asked);
  const links = rows.map(anonymous);
  show(links, more, asked, deps);
  return { json: { links: links.map(toJson), more } };
}

/** Links that wait for an operator, of a system or of all, for one of the codes or for any. */
export async function takeHeld(
  { code, ...asked }: Omit<Asked, 'state'> & { readonly code?: string | undefined },
  deps: Pick<Deps, 'outputs' | 'links'>,
): Promise<{ readonly links: readonly LinkRow[]; readonly more: boolean }> {
  const held = { ...asked, state: 'held' };
  return take(candidates(held, true, await deps.outputs(), deps), held, code);
}

async function* candidates(
  { system, state }: Asked,
  isIndexed: boolean,
  outputs: Outputs,
  deps: Pick<Deps, 'links'>,
): AsyncGenerator<LinkRow> {
  const table = outputOf(outputs, 'UserLinkTableName');
  const links = await deps.links();
  const systems = systemsOf(outputs, system);
  if (!isIndexed) return yield* links.scan(table, state, system);
  for (const name of systems) yield* links.unsettled(table, name);
}

async function take(
  rows: AsyncIterable<LinkRow>,
  { state, limit }: Asked,
  code?: string,
): Promise<{ links: LinkRow[]; more: boolean }> {
  const links: LinkRow[] = [];
  for await (const row of rows) {
    if (row.state !== state || (code !== undefined && row.code !== code)) continue;
    if (links.length === limit) return { links, more: true };
    links.push(row);
  }
  return { links, more: false };
}

// An account id may be the user's id or name: it is shown to who names the user.
function anonymous({ user_id: _user, accountId: _account, ...rest }: LinkRow): ShownLink {
  return rest;
}

function show(links: readonly ShownLink[], more: boolean, asked: Asked, deps: ListDeps): void {
  const where = asked.system === undefined ? '' : ` in ${asked.system}`;
  if (links.length === 0) deps.screen.print(`No link is ${asked.state}${where}.`);
  else deps.screen.print(...describeList(links, asked.system === undefined, deps));
  if (more) deps.screen.print('', `There are more than ${asked.limit}; --limit shows more.`);
}

function note({ screen }: ListDeps, words: string): void {
  screen.print([styled('dim', words)]);
}
