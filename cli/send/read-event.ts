import { randomUUID } from 'node:crypto';
import { buildEvent } from '../../events/build-event';
import { describeCode } from '../../events/codes';
import type { EventConnection, EventUser, UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { checkEvent, type ParsedEvent, parseEvent } from '../../events/parse-event';
import { CliError, usageError } from '../cli-error';
import type { Deps } from '../deps';

/** The flags that make up an event. */
export interface EventFlags {
  readonly type?: string | undefined;
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly username?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly updatedAt?: string | undefined;
  readonly attribute?: readonly string[] | undefined;
  readonly connection?: string | undefined;
  readonly strategy?: string | undefined;
  readonly system?: string | undefined;
  readonly country?: string | undefined;
  readonly id?: string | undefined;
}

/** The event of a file or of the flags, checked as a worker will check it. */
export async function readEvent(
  file: string | undefined,
  flags: EventFlags,
  deps: Pick<Deps, 'readText' | 'now'>,
): Promise<UserEvent> {
  if (file === undefined) return valid(checkEvent(fromFlags(flags, deps.now())));
  const given = Object.entries(flags).find(([, value]) => value !== undefined)?.[0];
  if (given !== undefined) throw usageError(`The event is in ${file}; --${kebab(given)} cannot change it`);
  return valid(parseEvent(await deps.readText(file)));
}

function fromFlags(flags: EventFlags, now: number): UserEvent {
  const connection = connectionOf(flags);
  return buildEvent({
    id: flags.id ?? `msg_${randomUUID()}`,
    source: 'urn:punctual:cli',
    // A type that we do not know is refused with its code, as a worker would.
    type: (flags.type ?? 'user.registered') as EventType,
    at: now,
    user: userOf(flags.userId ?? '', flags),
    ...(connection === undefined ? {} : { connection }),
    ...(flags.system === undefined ? {} : { system: flags.system }),
    ...(flags.country === undefined ? {} : { country: flags.country }),
  });
}

function userOf(user_id: string, flags: EventFlags): EventUser {
  const { createdAt: created_at, updatedAt: updated_at, emailVerified: email_verified } = flags;
  const known = {
    user_id,
    created_at,
    updated_at,
    email: flags.email,
    email_verified,
    username: flags.username,
  };
  const given = Object.entries(known).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...given, ...(flags.attribute ?? []).map(attributeOf)]) as EventUser;
}

function attributeOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usageError(`--attribute is ${text}, and must be name=value`);
}

function connectionOf({ connection, strategy }: EventFlags): EventConnection | undefined {
  if (connection === undefined && strategy === undefined) return undefined;
  if (connection === undefined || strategy === undefined)
    throw usageError('--connection and --strategy go together');
  return { name: connection, strategy };
}

function valid(parsed: ParsedEvent): UserEvent {
  if (parsed.ok) return parsed.event;
  const words = describeCode(parsed.code).replace(/\.$/, '');
  const isSaid = parsed.path === '' || words.includes(parsed.path);
  throw new CliError(
    parsed.code,
    isSaid ? words : `${words} (${parsed.path})`,
    'docs/contract.md describes events',
    2,
  );
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
