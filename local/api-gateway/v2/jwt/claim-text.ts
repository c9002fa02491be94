/**
 * A claim as a function gets it. API Gateway hands on texts alone and writes lists and objects in the way of the Go
 * language, which cannot be read back: `[a b]` and `map[name:github strategy:oauth2]`. Whoever needs such a claim
 * reads it from the token in the request, which the authorizer has verified by then.
 * https://github.com/aws/aws-lambda-go/issues/570, https://github.com/aws/aws-lambda-go/issues/591
 */
export function claimText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `map[${entries.map(([name, inner]) => `${name}:${claimText(inner)}`).join(' ')}]`;
}

/** A claim that is null is left out. */
export function claimTexts(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const known = Object.entries(claims).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, claimText(value)]));
}
