import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mapping template of this folder, word for word as API Gateway gets it. */
export function template(name: string): string {
  return readFileSync(join(__dirname, `${name}.vtl`), 'utf8');
}
