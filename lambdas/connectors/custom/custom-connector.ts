import {
  type Account,
  type AccountRequest,
  type Changed,
  type Connector,
  type Created,
  RejectedError,
  RetryableError,
  type Switched,
} from '../connector';
import { type Change, changesOf, valuesOf } from '../intent/changes-of';
import { type CheckedAccount, createdOf, wordOf } from './checked-answers';
import { find, match, read } from './custom-look-up';
import { type CustomConnectorDeps, customVerb, type Own } from './custom-verb';
import type { ConnectorDefinition } from './definition';

/** A connector that a team wrote. What follows from what the system shows is decided here, and not by the team. */
export function createCustomConnector<Settings>(
  definition: ConnectorDefinition<Settings>,
  deps: CustomConnectorDeps<Settings>,
): Connector {
  const own = { definition, deps };
  return {
    find: (request) => find(own, request),
    read: (accountId, request) => read(own, accountId, request),
    ...(definition.match !== undefined && { match: (trait, request) => match(own, trait, request) }),
    create: (request) => create(own, request),
    change: (account, request) => update(own, account, wantedOf(account, request)),
    setActive: (account, active) => setActive(own, account, active),
    remove: (account) => remove(own, account),
  };
}

function create<Settings>(
  own: Own<Settings>,
  { externalId, userId, attributes }: AccountRequest,
): Promise<Created> {
  const account = { externalId, userId, attributes: fieldsOf(valuesOf(attributes)) };
  return customVerb(own, 'create', async (system) => createdOf(await own.definition.create(system, account)));
}

interface Wanted {
  readonly externalId?: string;
  readonly active?: boolean;
  readonly changes: readonly Change[];
}

const shownBy = ({ snapshot }: Account) => snapshot as CheckedAccount;

// This port has null for nothing.
const fieldsOf = (changes: readonly Change[]) =>
  Object.fromEntries(changes.map(({ to, value = null }) => [to, value]));

function wantedOf(account: Account, { externalId, attributes }: AccountRequest): Wanted {
  const changes = changesOf(attributes, (to) => shownBy(account).attributes[to]);
  return { changes, ...(account.carries === 'none' && { externalId }) };
}

async function update<Settings>(
  own: Own<Settings>,
  account: Account,
  { changes, ...wanted }: Wanted,
): Promise<Changed> {
  if (changes.length === 0 && Object.keys(wanted).length === 0) return 'unchanged';
  return customVerb(own, 'update', async (system) => {
    const all = { ...wanted, attributes: fieldsOf(changes) };
    const given = await own.definition.update(system, account.accountId, all, shownBy(account));
    return wordOf('update', given, ['changed', 'gone', 'exists'] as const);
  });
}

async function setActive<Settings>(own: Own<Settings>, account: Account, active: boolean): Promise<Switched> {
  if (shownBy(account).active === active) return 'unchanged';
  const changed = await update(own, account, { active, changes: [] });
  // A conflict is no switching: the account is as it was.
  if (changed === 'exists') throw new RetryableError('remote-unavailable');
  return changed;
}

async function remove<Settings>(own: Own<Settings>, account: Account): Promise<'removed' | 'gone'> {
  const { definition } = own;
  if (definition.remove === undefined) {
    // As far as one can go. That it is not gone, somebody has to know.
    if ((await setActive(own, account, false)) === 'gone') return 'gone';
    throw new RejectedError('removal-unsupported');
  }
  return customVerb(own, 'remove', async (system) =>
    wordOf('remove', await definition.remove?.(system, account.accountId), ['removed', 'gone'] as const),
  );
}
