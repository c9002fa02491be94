import { isSendMessage } from '../../events/invitations/mail-message';
import { parseJson } from '../../events/parse-json';

/** What a body is about, as far as it may be shown. */
export interface Names {
  readonly userId?: string;
  readonly eventId?: string;
  readonly invitation?: string;
  /** What it is, where no attribute says so. */
  readonly type?: string;
}

export function namesIn(body: string): Names {
  const json = parseJson(body);
  if (isSendMessage(json)) return { type: 'mail', invitation: json.id };
  return isTold(json) ? toldBySes(json) : namesInEvent(json);
}

function namesInEvent(json: unknown): Names {
  const { id, data } = fieldsOf(json);
  const user = fieldsOf(fieldsOf(data).user ?? json);
  const [userId, eventId] = [textOf(user.user_id), textOf(id)];
  return { ...(userId !== undefined && { userId }), ...(eventId !== undefined && { eventId }) };
}

/** What SES tells of a mail. Its addresses are nobody's to show. */
function toldBySes({ eventType, mail }: Fields): Names {
  const { invitation: tag } = fieldsOf(fieldsOf(mail).tags);
  const invitation = textOf(Array.isArray(tag) ? tag[0] : undefined);
  return { type: `${eventType} told by SES`, ...(invitation !== undefined && { invitation }) };
}

type Fields = Readonly<Record<string, unknown>>;

const isTold = (json: unknown): json is Fields =>
  /^[A-Z]\w{0,30}$/.test(textOf(fieldsOf(json).eventType) ?? '');
const fieldsOf = (value: unknown): Fields => (value ?? {}) as Fields;
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
