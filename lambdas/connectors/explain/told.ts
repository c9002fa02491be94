import { type Code, describeCode } from '../../../events/codes';
import type { ExplainedRequest, ExplainedStep } from '../../../events/explanation';
import { RejectedError, RetryableError } from '../connector';
import { NotSentError } from '../transport';
import type { Telling } from './five-steps';
import { MASK } from './masked';
import type { Seen } from './observed-connector';
import { shownRequest } from './shown-request';

type Name = ExplainedStep['name'];
type Rest = Partial<Pick<ExplainedStep, 'details' | 'requests' | 'attributes'>>;

/** A step of an explanation. */
export function told(name: Name, is: ExplainedStep['is'], words: string, rest: Rest = {}): ExplainedStep {
  return { name, is, words, details: [], requests: [], ...rest };
}

/** A code and what it means, as one text. */
export const inWords = (code: Code, detail?: string): string =>
  `${code}: ${describeCode(code)}${detail === undefined ? '' : ` (${detail})`}`;

/** Why a call to the system has no answer. */
export function whyNot(error: unknown): string {
  if (error instanceof RetryableError) return inWords(error.code);
  if (error instanceof RejectedError) return inWords(error.code, error.detail);
  if (error instanceof NotSentError) return 'it may change something, so it was not sent';
  return inWords('internal-error');
}

/** The requests of what was seen, as they may be shown. */
export function requestsOf(seen: readonly Seen[], { kind, reveal }: Telling): ExplainedRequest[] {
  return seen.flatMap(({ calls }) => calls.map((call) => shownRequest(call, kind, reveal)));
}

/** Ids of accounts may be addresses or names of people. */
export const idShown = (accountId: string, { reveal }: Telling): string => (reveal ? accountId : MASK);
