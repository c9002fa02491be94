import type { InviteBody } from '../../events/invitations/schemas';
import { usageError } from '../cli-error';

/** What the flags say of an invitation; of a file, for each line that does not say it itself. */
export interface InviteFlags {
  readonly role?: readonly string[] | undefined;
  readonly data?: readonly string[] | undefined;
  readonly expiresIn?: string | undefined;
  readonly expiresAt?: string | undefined;
  readonly language?: string | undefined;
  readonly mode?: string | undefined;
  readonly bind?: string | undefined;
  readonly application?: string | undefined;
}

export type PartOfBody = Partial<InviteBody>;

/** The body of the call, as far as the flags say it. Fails with `usage`. */
export function partOfBody(flags: InviteFlags): PartOfBody {
  const { role, data, expiresIn, expiresAt, language, mode, bind, application } = flags;
  if (expiresIn !== undefined && expiresAt !== undefined)
    throw usageError('Give --expires-in or --expires-at, not both');
  const said = {
    ...{ roles: role && [...role], data: data && Object.fromEntries(data.map(pairOf)) },
    ...{ expiresInDays: expiresIn === undefined ? undefined : daysOf(expiresIn), expiresAt },
    ...{ language, mode, bind, application },
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as PartOfBody;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usageError(`--data is ${text}, and must be key=value`);
}

function daysOf(text: string): number {
  const [, days] = /^(\d{1,3})d$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  throw usageError(`--expires-in is ${text}, and must look like 7d`);
}
