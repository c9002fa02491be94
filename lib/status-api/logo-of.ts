import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../configuration/define-configuration';

const ROOT = join(__dirname, '../..');
/** It is in the page itself, which is to be there at once. */
const LARGEST_BYTES = 8_000;
const MEDIA_TYPES: Readonly<Record<string, string>> = { svg: 'image/svg+xml', png: 'image/png' };

/**
 * The file as an address that a page may hold.
 *
 * @throws ConfigurationError where it is missing or too large.
 */
export function logoOf(path: string): string {
  const problem = (fault: string) =>
    new ConfigurationError([
      `login.statusPage.logo: given ${JSON.stringify(path)}; allowed is a file below ${LARGEST_BYTES} bytes, and ${fault}.`,
    ]);
  const file = join(ROOT, path);
  if (!existsSync(file)) throw problem('there is none');
  const bytes = readFileSync(file);
  if (bytes.byteLength > LARGEST_BYTES) throw problem(`this one has ${bytes.byteLength}`);
  return `data:${MEDIA_TYPES[path.split('.').at(-1) ?? '']};base64,${bytes.toString('base64')}`;
}
