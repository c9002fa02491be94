import type { UserEvent } from '../../../events/event-schema';

/** What an event says of the country of an account. */
export interface SaidCountry {
  /** Path in the event. */
  readonly by: string;
  /** In lower case; undefined where what is said cannot be a country's code. */
  readonly country: string | undefined;
}

/** The country that an event asks for, else the one that an attribute says; undefined where nobody says one. */
export function countryIn({ data }: UserEvent, from: string | undefined): SaidCountry | undefined {
  const asked = said('data.country', data.country);
  if (asked !== undefined || from === undefined) return asked;
  return said(`data.user.${from}`, Object.hasOwn(data.user, from) ? data.user[from] : undefined);
}

function said(by: string, value: unknown): SaidCountry | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === undefined || text === null || text === '') return undefined;
  return { by, country: codeIn(text) };
}

// Whatever else is said comes from outside and is repeated nowhere. Letters beyond A to Z are none, though some of them
// become one in lower case.
function codeIn(value: unknown): string | undefined {
  const isCode = typeof value === 'string' && /^[A-Za-z0-9-]{1,16}$/.test(value);
  return isCode ? value.toLowerCase() : undefined;
}
