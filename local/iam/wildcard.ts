const compiled = new Map<string, RegExp>();

/** `*` stands for any text, `?` for one character. Actions ignore case, everything else does not. */
export function matchesWildcard(pattern: string, text: string, flags: '' | 'i' = ''): boolean {
  const key = `${flags}/${pattern}`;
  const expression = compiled.get(key) ?? toExpression(pattern, flags);
  compiled.set(key, expression);
  return expression.test(text);
}

const SEGMENTS_OF_ARN = 6;

/** As the operators of ARNs match: each of the six parts by itself, so that a wildcard never reaches over a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  const [patterns, parts] = [segmentsOf(pattern), segmentsOf(arn)];
  if (patterns.length !== parts.length) return false;
  return patterns.every((part, index) => matchesWildcard(part, parts[index] ?? ''));
}

/** The last part keeps its colons. */
function segmentsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, SEGMENTS_OF_ARN - 1), parts.slice(SEGMENTS_OF_ARN - 1).join(':')];
}

function toExpression(pattern: string, flags: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
}
