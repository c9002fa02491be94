/** Epoch ms since which a revision counts, by the revision. */
export type Revisions = ReadonlyMap<string, number>;

const MARK = 'punctual-revisions:';
const ENTRY = '[\\w-]{12}=\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z';
// With an entry at least: the mark alone is this very line, which is in the code as well.
const TEXT = new RegExp(`${MARK}((?:${ENTRY},)+)`, 'g');

/** As a text that is found again in the code of an Action. */
export function formatRevisions(revisions: Revisions): string {
  return `${MARK}${[...revisions].map(([rev, since]) => `${rev}=${new Date(since).toISOString()},`).join('')}`;
}

/** The revisions that a code carries, wherever in it. */
export function parseRevisions(code: string): Revisions {
  const entries = [...code.matchAll(TEXT)].flatMap(([, list = '']) => list.split(',').filter(Boolean));
  return new Map(entries.map((entry) => [entry.slice(0, 12), Date.parse(entry.slice(13))]));
}

/** `code`, in which a revision that `earlier` has as well counts since then: to deploy again starts no ramp anew. */
export function keepRevisions(code: string, ...earlier: readonly string[]): string {
  const known = new Map(earlier.flatMap((text) => [...parseRevisions(text)]));
  const kept = [...parseRevisions(code)].map(([rev, since]) => [rev, known.get(rev) ?? since] as const);
  return code.replace(TEXT, formatRevisions(new Map(kept)));
}
