import { INVITATION_STATES } from '../../events/invitations/invitation';
import type { InvitationView } from '../../events/invitations/schemas';
import type { Style } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type ApiDeps, callApi } from './call-api';
import { schemas } from './schemas';
import { shownOf } from './shown';

export const list = defineCommand({
  usage: 'invitation list',
  summary: 'who was invited, and what became of it',
  details:
    'Those that are open, unless a state or an address is named. An address is on the screen only with --addresses.',
  options: {
    state: { type: 'string', choices: INVITATION_STATES, description: 'in this state' },
    email: { type: 'string', description: 'to this address' },
    limit: { type: 'number', default: 50, description: 'how many at most' },
    addresses: { type: 'boolean', default: false, description: 'with the addresses: personal data' },
  },
  examples: [
    ['invitation list', 'those that nobody accepted yet'],
    ['invitation list --email ada@example.com', 'all to one address'],
    ['invitation list --state redeemed --limit 1000 --json', 'for scripts'],
  ],
  run: listInvitations,
});

export interface ListArgs {
  readonly state?: string | undefined;
  readonly email?: string | undefined;
  readonly limit: number;
  readonly addresses: boolean;
}

export type ListDeps = ApiDeps & Pick<Deps, 'screen' | 'stopping'>;

export async function listInvitations(args: ListArgs, deps: ListDeps): Promise<Report> {
  const { state, email, limit, addresses } = args;
  if (!Number.isInteger(limit) || limit < 1) throw usageError('--limit is a whole number from 1');
  const query = { ...(state !== undefined && { state }), ...(email !== undefined && { email }) };
  const { found, isEverything } = await read(query, limit, deps);
  const { screen } = deps;
  if (found.length === 0) screen.print('There are no such invitations.');
  else screen.print(...renderTable(columnsOf(addresses), found, screen.width));
  if (!isEverything) screen.print(`There may be more: --limit ${limit * 2}.`);
  return { json: { invitations: found.map((one) => shownOf(one, addresses)), isEverything } };
}

/** The API takes no more for a page. */
const MOST_OF_A_PAGE = 100;

async function read(query: Record<string, string>, limit: number, deps: ListDeps) {
  const { invitationList } = schemas();
  const found: InvitationView[] = [];
  for (let cursor: string | undefined; ; ) {
    const size = `${Math.min(MOST_OF_A_PAGE, limit - found.length)}`;
    const asked = { ...query, limit: size, ...(cursor !== undefined && { cursor }) };
    const page = await callApi({ route: 'GET /invitations', query: asked }, invitationList, deps);
    found.push(...page.invitations);
    cursor = page.next;
    const isEverything = cursor === undefined;
    if (isEverything || found.length >= limit || deps.stopping().aborted) return { found, isEverything };
  }
}

const STYLES: Readonly<Record<string, Style>> = { redeemed: 'green', expired: 'dim', revoked: 'dim' };
const MAIL_STYLES: Readonly<Record<string, Style>> = { bounced: 'red', complained: 'red', failed: 'red' };

const timeOf = (iso: string) => iso.slice(5, 16).replace('T', ' ');

function columnsOf(addresses: boolean): Column<InvitationView>[] {
  return [
    { title: 'id', text: ({ id }) => id },
    { title: 'state', text: ({ state }) => state, style: ({ state }) => STYLES[state] },
    {
      title: 'mail',
      text: ({ mail }) => mail?.state ?? '',
      style: ({ mail }) => MAIL_STYLES[mail?.state ?? ''],
    },
    { title: 'until (UTC)', text: ({ expiresAt }) => timeOf(expiresAt) },
    addresses
      ? { title: 'address', text: ({ email }) => email ?? '(forgotten)', flexible: true }
      : { title: 'roles', text: ({ roles }) => roles.join(', '), flexible: true },
  ];
}
