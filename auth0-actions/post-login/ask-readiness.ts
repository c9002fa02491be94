import { readNames, readValue } from '../../events/read-value';
import type { ReadinessAnswer } from '../../events/status-snapshot';
import type { Emission } from '../emit/emit';
import { type AskDeps, askSigned, type SignedQuestion } from './ask-signed';

/** How asking ended; with `answered` there is an answer. */
export interface Asked extends Emission {
  readonly answer?: ReadinessAnswer;
}

/**
 * Where to ask: at the route of the page itself, relative to the base, who would be sent there. Its limit is one of
 * its own, so that the other may answer while the page does not.
 */
export type ReadinessRoute = '' | 'readiness';

export interface Question extends Omit<SignedQuestion, 'body'> {
  readonly userId: string;
  readonly connection: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

/** Asks how far the accounts are. */
export async function askReadiness(
  { userId, connection, createdAt, ...where }: Question,
  deps: AskDeps,
): Promise<Asked> {
  const body = { user_id: userId, connection, created_at: createdAt };
  const { json, ...ended } = await askSigned({ ...where, body }, deps);
  if (ended.code !== 'answered') return ended;
  const answer = toAnswer(json);
  // Anything but what was asked for is no answer: nobody is ready by a page of a proxy.
  return answer === undefined ? { ...ended, code: 'refused' } : { ...ended, answer };
}

function toAnswer(json: unknown): ReadinessAnswer | undefined {
  const [all, settled, known] = ['all', 'settled', 'known'].map((name) => readValue(json, name));
  const [ready, failed] = [readNames(json, 'ready'), readNames(json, 'failed')];
  const isAnswer = typeof all === 'boolean' && typeof settled === 'boolean' && typeof known === 'boolean';
  if (!isAnswer || ready === undefined || failed === undefined) return undefined;
  return { all, settled, known, ready, failed };
}
