import { parseJson } from '../../events/parse-json';
import type { QueuedMessage } from '../aws/queues';
import type { Deps } from '../deps';
import { findParkedQueue, INVITATION_MAIL, namesOf, type ParkedQueue } from '../dlq/parked-queue';

/** Whose messages are looked for. */
export interface Sought {
  readonly userId: string;
  /** Their address, where somebody vouches for it. */
  readonly email?: string | undefined;
}

export type Matching = (message: Pick<QueuedMessage, 'body'>) => boolean;

/** The DLQs in which a message may name them. Among mails that is only what SES tells of one, by its address. */
export async function queuesThatMayName(
  { email }: Sought,
  deps: Pick<Deps, 'outputs' | 'queues'>,
): Promise<ParkedQueue[]> {
  const names = namesOf(await deps.outputs());
  const named = names.filter((name) => name !== INVITATION_MAIL || email !== undefined);
  return Promise.all(named.map((name) => findParkedQueue(name, deps)));
}

/** @param except ids of events that are not meant */
export function matchesIn(
  { name }: Pick<ParkedQueue, 'name'>,
  { userId, email = '' }: Sought,
  except: readonly string[] = [],
): Matching {
  return name === INVITATION_MAIL ? isTo(email) : isOf(userId, except);
}

/** By what the body says; of a body that nobody can read, by whether it holds the id at all. */
function isOf(userId: string, except: readonly string[]): Matching {
  const asJson = JSON.stringify(userId).slice(1, -1);
  return ({ body }) => {
    const json = parseJson(body) as Record<string, unknown> | null | undefined;
    if (typeof json !== 'object' || json === null) return body.includes(userId) || body.includes(asJson);
    if (except.includes(String(json.id))) return false;
    const data = json.data as { user?: { user_id?: unknown } } | null | undefined;
    return (data?.user?.user_id ?? json.user_id) === userId;
  };
}

const ADDRESSES = /[^\s"<>,;:\\()[\]]+@[^\s"<>,;:\\()[\]]+/g;

/** Whole addresses only: one that is longer and ends alike is somebody else's. */
function isTo(email: string): Matching {
  const sought = folded(email);
  return ({ body }) => [...body.matchAll(ADDRESSES)].some(([address]) => folded(address) === sought);
}

// As invitations compare them: a sign that only looks like a letter is of another mailbox.
const folded = (address: string) => address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
