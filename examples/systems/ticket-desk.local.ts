import {
  defineStandIn,
  type StandInAccount,
  type StandInAccounts,
  type StandInRequest,
} from '#punctual/local';

/** The desk as far as its connector needs it, for the local run. */
export default defineStandIn(({ method, path: [collection, id], query, json }, accounts) => {
  if (collection !== 'agents') return { status: 404 };
  if (id === undefined) return method === 'POST' ? create(json, accounts) : list(query, accounts);
  if (method === 'PATCH') return change(id, json, accounts);
  if (method === 'DELETE') return { status: accounts.remove(id) ? 204 : 404 };
  const account = accounts.get(id);
  return account === undefined ? { status: 404 } : { status: 200, json: agentOf(account) };
});

interface Agent {
  readonly reference: string | null;
  readonly suspended: boolean;
  readonly profile: Readonly<Record<string, unknown>>;
}

function agentOf({ id, externalId, fields }: StandInAccount) {
  return { id, reference: externalId, suspended: fields.suspended, profile: fields.profile };
}

const profileOf = ({ fields }: StandInAccount) => fields.profile as Agent['profile'];
const same = (one: unknown, other: unknown) => `${one}`.toLowerCase() === `${other}`.toLowerCase();

function list({ reference, ...traits }: StandInRequest['query'], accounts: StandInAccounts) {
  const [[name = '', value] = []] = Object.entries(traits);
  const found =
    reference === undefined
      ? accounts.search((account) => name === '' || same(profileOf(account)[name], value))
      : accounts.carrying(reference);
  return { status: 200, json: { agents: found.accounts.map(agentOf), total: found.total } };
}

/** No two agents have one address. */
function isTaken(email: unknown, accounts: StandInAccounts, but?: string): boolean {
  const has = (account: StandInAccount) => account.id !== but && same(profileOf(account).email, email);
  return email !== undefined && email !== null && accounts.some(has);
}

function create(json: unknown, accounts: StandInAccounts) {
  const { reference, suspended, profile } = json as Agent;
  if (isTaken(profile.email, accounts)) return { status: 409 };
  return { status: 201, json: agentOf(accounts.add(reference, { suspended, profile })) };
}

function change(id: string, json: unknown, accounts: StandInAccounts) {
  const account = accounts.get(id);
  if (account === undefined) return { status: 404 };
  const { reference = account.externalId, suspended = account.fields.suspended, profile } = json as Agent;
  if (isTaken(profile.email, accounts, id)) return { status: 409 };
  const fields = { suspended, profile: { ...profileOf(account), ...profile } };
  return { status: 200, json: agentOf(accounts.change(id, { externalId: reference, fields }) ?? account) };
}
