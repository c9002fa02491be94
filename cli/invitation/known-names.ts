import { parseJson } from '../../events/parse-json';
import type { Outputs } from '../target/outputs';

/** What an invitation may name; undefined of a stack that does not say. */
export interface KnownNames {
  readonly roles: readonly string[] | undefined;
  readonly applications: readonly string[] | undefined;
}

export function knownNamesIn({ values }: Pick<Outputs, 'values'>): KnownNames {
  return {
    roles: namesIn(values.InvitationRoles),
    applications: namesIn(values.InvitationApplications),
  };
}

function namesIn(text: string | undefined): string[] | undefined {
  const names = text === undefined ? undefined : parseJson(text);
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : undefined;
}
