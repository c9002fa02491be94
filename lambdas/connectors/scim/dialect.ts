/** In what a SCIM server differs from another one. What cannot be said here, no connector does. */
export interface Dialect {
  /**
   * How a change is sent: as operations that each have a path, as one operation whose value is what changes, or as the
   * whole resource.
   */
  readonly patch: 'with-path' | 'without-path' | 'put';
  /** Attributes that a search can ask for. */
  readonly filter: 'any' | readonly string[];
  /** Truth values as JSON has them, or as a text of this form. */
  readonly booleans: 'json' | 'True' | 'true';
  /** Of what is sent. What is answered may be either. */
  readonly mediaType: 'application/scim+json' | 'application/json';
  /** The most that a search shows. As many are asked for; a page that is full may have left some out. */
  readonly maxResults?: number | undefined;
  /** What the server says of an address, or of a number, besides its value. */
  readonly valueType?: string | undefined;
  /** `disable`: the server keeps every account, whatever it is asked. */
  readonly removal: 'delete' | 'disable';
}

/** RFC 7643 and RFC 7644. */
const RFC: Dialect = {
  patch: 'with-path',
  filter: 'any',
  booleans: 'json',
  mediaType: 'application/scim+json',
  removal: 'delete',
};

/** Dialects that have a name. docs/scim.md has the source of each. */
export const DIALECTS = {
  rfc: RFC,
  'aws-identity-center': { ...RFC, filter: ['externalId', 'userName'], maxResults: 50 },
  'github-enterprise': {
    ...RFC,
    filter: ['externalId', 'userName', 'id', 'displayName'],
    valueType: 'work',
  },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;

/** Names of attributes have no case (RFC 7643, section 2.1). */
export function canAskFor({ filter }: Pick<Dialect, 'filter'>, attribute: string): boolean {
  return filter === 'any' || filter.some((one) => one.toLowerCase() === attribute.toLowerCase());
}

/** A body as the server reads it. */
export function written({ booleans }: Dialect, body: object): string {
  const asText = (flag: boolean) => (booleans === 'True' ? (flag ? 'True' : 'False') : `${flag}`);
  return JSON.stringify(body, (_, value: unknown) =>
    booleans !== 'json' && typeof value === 'boolean' ? asText(value) : value,
  );
}
