import { MOST_EXPIRY_DAYS } from '../../events/invitations/invitation';
import { type InviteBody, inviteBody } from '../../events/invitations/schemas';
import type { KnownNames } from '../invitation/known-names';

/** Why an invitation cannot be made: the field, and words about it that repeat no value. */
export interface Fault {
  readonly field: string;
  readonly words: string;
}

export type Checked =
  | { readonly ok: true; readonly body: InviteBody }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** What the API would refuse, found before anything is made. @param now epoch ms */
export function checkBody(given: object, names: KnownNames, now: number): Checked {
  const parsed = inviteBody.safeParse(given);
  const body = parsed.success ? parsed.data : soundPart(given, parsed.error.issues);
  const misshapen = parsed.success ? [] : parsed.error.issues.flatMap(faultsOf);
  const faults = [...misshapen, ...unknownNames(body, names), ...wrongExpiry(body, now)];
  if (parsed.success && faults.length === 0) return { ok: true, body: parsed.data };
  return { ok: false, faults };
}

/** What else is wrong is to be told as well, so that whoever mends it does so once. */
function soundPart(given: object, issues: readonly Issue[]): Partial<InviteBody> {
  const wrong = new Set(issues.map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
}

const WORDS: Readonly<Record<string, string>> = {
  email: 'is no e-mail address',
  roles: 'are names of roles, 20 at most',
  data: 'has at most 20 keys of letters, digits and _, and values of 512 characters; 2,048 bytes in all',
  expiresAt: 'is no time such as 2026-12-01T09:00:00Z',
  expiresInDays: `is a whole number of days from 1 to ${MOST_EXPIRY_DAYS}`,
  language: 'is en, de or fr',
  mode: 'is link or precreate',
  bind: 'is none or verified-email',
  application: 'is no name of an application',
};

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

function faultsOf({ path, keys }: Issue): Fault[] {
  const [top] = path;
  if (top === undefined && keys !== undefined)
    return keys.map((name) => ({ field: safeName(name), words: 'is no field of an invitation' }));
  return [
    {
      field: path.map((part) => safeName(String(part))).join('.'),
      words: WORDS[String(top)] ?? 'cannot be used',
    },
  ];
}

// What is no name may be anything that was in the file.
const safeName = (name: string) => (/^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : '?');

function unknownNames({ roles = [], application }: Partial<InviteBody>, known: KnownNames): Fault[] {
  const isUnknown = (names: readonly string[] | undefined, name: string) => names?.includes(name) === false;
  const mayBe = (names: readonly string[] = []) =>
    names.length === 0 ? 'none is configured' : `there is ${names.join(', ')}`;
  return [
    ...roles.flatMap((role, index) =>
      isUnknown(known.roles, role)
        ? [{ field: `roles.${index}`, words: `is no role that may be granted; ${mayBe(known.roles)}` }]
        : [],
    ),
    ...(application !== undefined && isUnknown(known.applications, application)
      ? [{ field: 'application', words: `is none of the configured ones; ${mayBe(known.applications)}` }]
      : []),
  ];
}

const DAY_MS = 24 * 60 * 60_000;

function wrongExpiry({ expiresAt, expiresInDays }: Partial<InviteBody>, now: number): Fault[] {
  if (expiresAt === undefined) return [];
  if (expiresInDays !== undefined) return [{ field: 'expiresInDays', words: 'cannot go with expiresAt' }];
  const at = Date.parse(expiresAt);
  if (at > now && at <= now + MOST_EXPIRY_DAYS * DAY_MS) return [];
  return [{ field: 'expiresAt', words: `is over, or more than ${MOST_EXPIRY_DAYS} days ahead` }];
}
