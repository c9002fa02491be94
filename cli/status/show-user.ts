import type { Line } from '../../terminal/line';
import type { LinkRow } from '../aws/link-table';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { grantingSystemsOf, outputOf, requiredSystemsOf, systemsOf } from '../target/outputs';
import { accountShown } from './account-shown';
import { describeLinks, type ShownLink, toJson } from './describe-links';
import { describeReadiness, isWell, readinessOf } from './readiness';
import { refOf } from './ref-of';

export type UserDeps = Pick<
  Deps,
  'outputs' | 'links' | 'secrets' | 'screen' | 'now' | 'pause' | 'stopping' | 'typed'
>;

interface Asked {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
  readonly system?: string | undefined;
  readonly watch: boolean;
}

const POLL_MS = 1_000;
/** By then a system that takes the event has begun, unless its function is not working. */
const QUIET_MS = 30_000;

export async function showUser(asked: Asked, deps: UserDeps): Promise<Report> {
  const outputs = await deps.outputs();
  const userRef = await refOf(asked, outputs, deps);
  const systems = systemsOf(outputs, asked.system).filter(
    (name) => name === asked.system || !grantingSystemsOf(outputs).includes(name),
  );
  const read = async () => {
    const rows = await (await deps.links()).ofUser(outputOf(outputs, 'UserLinkTableName'), userRef);
    return shown(rows, systems, asked);
  };
  // Of one system alone it cannot be said.
  const required = asked.system === undefined ? requiredSystemsOf(outputs) : [];
  const shownTo = { ...deps, required };
  const links = asked.watch ? await watch(read, shownTo) : await showOnce(read, shownTo);
  const known = links.filter(isKnown);
  const { ready = isWell(links) } = readinessOf(links, required) ?? {};
  const isFine = asked.watch ? ready : known.length > 0;
  const json = { userRef, ...(required.length > 0 && { ready }), links: known.map(toJson) };
  return { exitCode: isFine ? 0 : 1, json };
}

type ShownTo = UserDeps & { readonly required: readonly string[] };

function describe(links: readonly ShownLink[], deps: ShownTo): Line[] {
  return [...describeLinks(links, deps), ...describeReadiness(readinessOf(links, deps.required))];
}

/** A row per system that is waited for, those that nothing is known of included. A system that was removed keeps its rows. */
function shown(rows: readonly LinkRow[], systems: readonly string[], { userId, system }: Asked): ShownLink[] {
  const wanted = rows.filter((row) => system === undefined || row.system === system);
  const missing = systems
    .filter((name) => !wanted.some((row) => row.system === name))
    .map((name) => ({ system: name, state: NO_LINK }));
  return [...wanted.map((row) => withoutPerson(row, userId)), ...missing].sort((one, other) =>
    one.system.localeCompare(other.system),
  );
}

const NO_LINK = 'no link';
const isKnown = ({ state }: ShownLink) => state !== NO_LINK;
const isSettled = ({ state }: ShownLink) => isKnown({ state } as ShownLink) && state !== 'pending';

function withoutPerson(row: LinkRow, userId: string | undefined): ShownLink {
  const { accountId: _account, user_id: _user, ...rest } = row;
  const accountId = accountShown(row, userId);
  return accountId === undefined ? rest : { ...rest, accountId };
}

async function showOnce(read: () => Promise<ShownLink[]>, deps: ShownTo): Promise<ShownLink[]> {
  const links = await read();
  if (links.some(isKnown)) deps.screen.print(...describe(links, deps));
  else
    deps.screen.print(
      'Nothing is known of this user: no event of theirs has arrived, or it is still in a queue.',
    );
  return links;
}

async function watch(read: () => Promise<ShownLink[]>, deps: ShownTo): Promise<ShownLink[]> {
  const stopping = deps.stopping();
  let changedAt = deps.now();
  let last = '';
  for (;;) {
    const links = await read();
    const seen = JSON.stringify(links);
    if (seen !== last) [last, changedAt] = [seen, deps.now()];
    deps.screen.redraw([...describe(links, deps), ...hint(links, deps.now() - changedAt)]);
    if (links.every(isSettled) || stopping.aborted || !deps.screen.isRead()) return links;
    await deps.pause(POLL_MS);
  }
}

function hint(links: readonly ShownLink[], quietMs: number): Line[] {
  const missing = links.filter((link) => !isKnown(link)).map(({ system }) => system);
  if (missing.length === 0 || quietMs < QUIET_MS) return [];
  return ['', `No link yet in ${missing.join(', ')}: a retired system makes none. Ctrl-C ends this.`];
}
