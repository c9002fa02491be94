import { describeCode } from '../events/codes';

/** Words for a code that may come from anywhere, an older or newer version included. */
export function describeAnyCode(code: string): string {
  return describeCode(code as never) ?? 'A code that this version does not know.';
}
