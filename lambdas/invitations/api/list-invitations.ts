import { type Invitation, stateAt } from '../../../events/invitations/invitation';
import { listKeysOf } from '../../../events/invitations/invitation-indexes';
import { type InvitationList, invitationListQuery } from '../../../events/invitations/schemas';
import type { ApiAnswer, ApiCall } from '../../provisioning-api/api-call';
import { createCursors, type ListPlace } from '../../provisioning-api/cursor';
import { readAs } from '../../provisioning-api/read-body';
import type { InvitationPage, PageOf } from '../invitation-repository';
import type { InvitationDeps } from './invitation-deps';
import { invitationViewOf } from './invitation-view';

const USUAL_LIMIT = 50;
/** What one call may read: a page that finds less than was asked for says where it goes on all the same. */
const MOST_QUERIES = 8;

/** `GET /invitations`: those of one state, those to one address, or both. The open ones where neither is said. */
export async function listInvitations(
  deps: InvitationDeps & { readonly cursorKey: () => Promise<string> },
  { query }: ApiCall,
): Promise<ApiAnswer> {
  const { state, email, limit, cursor } = readAs('query', query, invitationListQuery);
  const list = await listOf(deps, state ?? (email === undefined ? 'open' : undefined), email);
  const cursors = createCursors(await deps.cursorKey(), ['invitations', ...list.keys, `${state}`]);
  const from = cursor === undefined ? { shard: 0 } : cursors.read(cursor);
  const page = await read(list, from, Number(limit ?? USUAL_LIMIT));
  const now = deps.now();
  const shown = page.rows.filter((row) => list.state === undefined || stateAt(row, now) === list.state);
  const body: InvitationList = {
    invitations: shown.map((row) => invitationViewOf(row, now)),
    ...(page.next && { next: cursors.write(page.next) }),
  };
  return { status: 200, body };
}

interface List {
  /** Of the index, one part after the other. */
  readonly keys: readonly string[];
  readonly pageOf: (page: PageOf) => Promise<InvitationPage>;
  readonly state: Invitation['state'] | undefined;
}

async function listOf(
  { invitations, emailRefOf }: InvitationDeps,
  state: List['state'],
  email: string | undefined,
): Promise<List> {
  if (email !== undefined) return { keys: [await emailRefOf(email)], pageOf: invitations.ofEmail, state };
  return { keys: listKeysOf(state ?? 'open'), pageOf: invitations.listed, state };
}

interface Read {
  readonly rows: readonly Invitation[];
  /** Absent after the last one. */
  readonly next?: ListPlace;
}

async function read({ keys, pageOf }: List, from: ListPlace, limit: number): Promise<Read> {
  const rows: Invitation[] = [];
  let place = from;
  for (let query = 0; query < MOST_QUERIES && rows.length < limit; query += 1) {
    const key = keys[place.shard];
    if (key === undefined) return { rows };
    const page = await pageOf({ key, limit: limit - rows.length, after: place.after });
    rows.push(...page.rows);
    place = page.after === undefined ? { shard: place.shard + 1 } : { shard: place.shard, after: page.after };
  }
  return place.shard < keys.length ? { rows, next: place } : { rows };
}
