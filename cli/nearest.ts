/** More typing errors than that in a word, and it was meant to be another one. */
const MOST_ERRORS = 2;

/** The one of `words` that `typed` was most likely meant to be, if any is near. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map((word) => ({ word, errors: errorsBetween(typed, word) }))
    .filter(({ word, errors }) => errors <= Math.min(MOST_ERRORS, word.length - 1))
    .sort((one, other) => one.errors - other.errors);
  return ranked[0]?.word;
}

/** Letters to add, drop, change or swap with their neighbour to make one of the other. */
function errorsBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const [last = [], beforeLast = []] = [rows[i - 1], rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const ways = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1)];
      row.push(Math.min(...ways, isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY));
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
