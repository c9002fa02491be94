import {
  API_CODES,
  type ApiCode,
  type Code,
  describeCode,
  INVITATION_CODES,
  MAIL_CODES,
} from '../../events/codes';
import type { LinkView, Problem } from '../../events/provisioning-api/schemas';

/** Where the words of a code are. */
const CODES_PAGE = 'https://punctual.dev/docs/contract#codes';

export interface ProblemExtras {
  /** What of the call it is about, never a value of it. */
  readonly detail?: string;
  readonly link?: LinkView;
}

/** An answer that is no success. What throws it says what the caller reads. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: ApiCode | Code,
    readonly extras: ProblemExtras = {},
    /** When to call again, of what passes. */
    readonly retryAfterSeconds: number = 2,
  ) {
    super(code);
  }
}

/** RFC 9457. */
export function problemOf({ status, code, extras }: ApiProblem, requestId: string): Problem {
  const title = TITLES[code] ?? describeCode(code as Code);
  return { type: `${CODES_PAGE}:${code}`, title, status, code, ...extras, requestId };
}

const TITLES: Readonly<Record<string, string>> = { ...API_CODES, ...INVITATION_CODES, ...MAIL_CODES };
