import { createHash } from 'node:crypto';

/** What a page holds and where it may turn to. Nothing else is allowed. */
export interface PageSources {
  readonly style: string;
  readonly script?: string | undefined;
  /** Addresses that the script calls. */
  readonly connect?: readonly string[];
  /** Addresses, origins or schemes that a form may lead to, redirects included. */
  readonly forms?: readonly string[];
}

/** The value of the header Content-Security-Policy. */
export function contentSecurityPolicy({ style, script, connect = [], forms = [] }: PageSources): string {
  const directives = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    'img-src data:',
    `connect-src ${sources(connect)}`,
    `form-action ${sources(forms)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function sources(addresses: readonly string[]): string {
  const found = addresses.map(sourceOf).filter((source) => source !== undefined);
  return found.length === 0 ? "'none'" : [...new Set(found)].join(' ');
}

/**
 * An address as a source of a policy: its origin, or its scheme where it has none. A host can hold a semicolon, which
 * would end the directive, so what does not look like a name or an address is left out. Schemes that run something
 * in the page are none that anybody goes on to.
 */
function sourceOf(address: string): string | undefined {
  const origin = /^(https?|wss?):\/\/[\w.-]+(:\d+)?(?=[/?#]|$)/i.exec(address)?.[0];
  if (origin !== undefined) return origin.toLowerCase();
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase();
  return scheme === undefined || NO_TARGETS.includes(scheme) ? undefined : scheme;
}

// Those of the web stand for every host there is.
const NO_TARGETS = ['http:', 'https:', 'ws:', 'wss:', 'javascript:', 'data:', 'blob:', 'about:', 'file:'];
