import { describeCode, MAIL_CODES } from '../events/codes';

/** Words for a code that may come from anywhere, an older or newer version included. */
export function describeAnyCode(code: string): string {
  const ofMail: Readonly<Record<string, string>> = MAIL_CODES;
  return describeCode(code as never) ?? ofMail[code] ?? 'A code that this version does not know.';
}
