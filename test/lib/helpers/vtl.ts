import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a template file of the event API. */
export function vtl(name: string): string {
  return readFileSync(join(__dirname, '../../../lib/event-api', `${name}.vtl`), 'utf8');
}
