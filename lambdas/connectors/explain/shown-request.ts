import type { ExplainedRequest } from '../../../events/explanation';
import { parseJson } from '../../../events/parse-json';
import type { KindExplained } from './kind-explained';
import { MASK, maskedHeaders, maskedJson, maskedUrl } from './masked';
import type { RecordedCall } from './recording-transport';

/** Longer bodies are cut: the answer of a function has a bound, and so has a reader. */
const LONGEST_BODY = 16_384;

/** A call as it may be seen: never with a secret, and with personal data only where `reveal` asks for it. */
export function shownRequest(call: RecordedCall, kind: KindExplained, reveal: boolean): ExplainedRequest {
  const { sent, answer } = call;
  const ofAnswer = { sent, ...(answer === undefined ? {} : { answer }) };
  const shown = (body: unknown) => bounded(reveal ? body : maskedJson(body, kind.plain));
  if (call.by === 'dynamodb') {
    return { line: call.operation, headers: {}, body: shown(call.input), ...ofAnswer };
  }
  if (call.by === 'eventbridge') {
    const { bus, ...event } = call.event;
    return { line: `PutEvents ${bus}`, headers: {}, body: shown(event), ...ofAnswer };
  }
  const { method, url, headers, body } = call.request;
  return {
    line: `${method} ${addressOf(url, kind, reveal)}`,
    headers: maskedHeaders(headers),
    ...(body === undefined ? {} : { body: shown(parseJson(body) ?? body) }),
    ...ofAnswer,
  };
}

function addressOf(url: string, { base = [], plainNames }: KindExplained, reveal: boolean): string {
  try {
    const own = [base].flat().find((one) => url.startsWith(one));
    return maskedUrl(url, own, reveal, plainNames);
  } catch {
    return MASK;
  }
}

function bounded(body: unknown): unknown {
  const text = JSON.stringify(body) ?? '';
  return text.length <= LONGEST_BODY ? body : `${text.slice(0, LONGEST_BODY)}…`;
}
