import { MESSAGE_ATTRIBUTES, type Parked, parseAccepted } from '../../events/message-attributes';
import { parseJson } from '../../events/parse-json';
import type { QueuedMessage } from '../aws/queues';
import { namesIn } from './names-in';

/** The code of a message that nobody parked: SQS or SNS put it where it lies. */
const NOT_PARKED = 'none';

/** What a parked message says of itself. Every field was written by somebody else. */
export interface ParkedMessage {
  readonly id: string;
  readonly code: string;
  readonly words: string;
  readonly attempts: number;
  /** Epoch ms of its parking, or of when it was first sent. */
  readonly since: number;
  readonly type: string;
  /** The one system it is meant for. */
  readonly system?: string;
  readonly requestId?: string;
}

const WORDS_WITHOUT_PARKED = 'Nobody parked it: SQS gave it up, or SNS delivered it here.';

export function readParked({ id, attributes, body, sentAt, receives }: QueuedMessage): ParkedMessage {
  const parked = readAttribute(attributes[MESSAGE_ATTRIBUTES.parked]);
  const accepted = parseAccepted(attributes[MESSAGE_ATTRIBUTES.accepted]);
  const system = attributes[MESSAGE_ATTRIBUTES.system];
  return {
    id,
    code: parked?.code ?? NOT_PARKED,
    words: parked?.words ?? WORDS_WITHOUT_PARKED,
    attempts: parked?.attempts ?? receives,
    since: timeOf(parked?.time) ?? sentAt,
    type: attributes[MESSAGE_ATTRIBUTES.type] ?? namesIn(body).type ?? 'no type',
    ...(system === undefined ? {} : { system }),
    ...(accepted === undefined ? {} : { requestId: accepted.requestId }),
  };
}

function readAttribute(text: string | undefined): Partial<Parked> | undefined {
  const value = text === undefined ? undefined : parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, words, time, attempts } = value as Record<string, unknown>;
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof words === 'string' && { words }),
    ...(typeof time === 'string' && { time }),
    ...(typeof attempts === 'number' && { attempts }),
  };
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
