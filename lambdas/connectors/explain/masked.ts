/** Stands for what may not be seen. */
export const MASK = '•••';

/**
 * JSON with every value masked that is in none of the `plain` places. Objects keep their keys, which are the system's
 * words and ours; a list may be made of what the system shows of somebody, and is masked as one.
 */
export function maskedJson(value: unknown, plain: readonly string[], place = ''): unknown {
  if (value === null || value === undefined || plain.includes(place)) return value;
  if (Array.isArray(value)) {
    const isOpen = plain.some((one) => one.startsWith(`${place}/*/`));
    return isOpen ? value.map((one) => maskedJson(one, plain, `${place}/*`)) : MASK;
  }
  if (typeof value !== 'object') return MASK;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, maskedJson(one, plain, `${place}/${key}`)]),
  );
}

/** Headers that say what is sent and not by whom. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'webhook-id',
  'webhook-timestamp',
]);

/** What else a request carries proves who sends it: it is shown to nobody. */
export function maskedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      PLAIN_HEADERS.has(name.toLowerCase()) ? value : MASK,
    ]),
  );
}

/**
 * An address with its password and its own query masked for everybody, and the rest of it unless `reveal`.
 *
 * @param plainNames the names in its path that hold nothing of a user; without them it is the first one below the base
 */
export function maskedUrl(
  url: string,
  base: string | undefined,
  reveal: boolean,
  plainNames?: readonly string[],
): string {
  const { origin, pathname, searchParams } = new URL(url);
  const own = base === undefined ? undefined : new URL(base);
  const kept = own === undefined || own.pathname === '/' ? '' : own.pathname;
  const isBelow = own?.origin === origin && pathname.startsWith(kept);
  const path = isBelow ? `${kept}${maskedPath(pathname.slice(kept.length), reveal, plainNames)}` : `/${MASK}`;
  const query = [...searchParams].map(([name, value]) => {
    const isTheirs = own?.searchParams.has(name) !== true;
    return `${name}=${isTheirs && reveal ? value : isTheirs ? maskedFilter(value) : MASK}`;
  });
  return `${origin}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function maskedPath(path: string, reveal: boolean, plainNames?: readonly string[]): string {
  const [before = '', ...names] = path.split('/');
  if (before !== '' || names.length === 0) return reveal || path === '' ? path : MASK;
  const isPlain = (name: string, index: number) => plainNames?.includes(decoded(name)) ?? index === 0;
  const shown = names.map((name, index) => (isPlain(name, index) ? name : reveal ? decoded(name) : MASK));
  return ['', ...shown].join('/');
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

// Of a filter it is seen what was compared, and not with what.
function maskedFilter(value: string): string {
  const attribute = /^([A-Za-z][\w.:-]*) eq /.exec(value)?.[1];
  return attribute === undefined ? MASK : `${attribute} eq "${MASK}"`;
}
