import type { MessageToSend, QueuedMessage, Queues } from '../../../cli/aws/queues';
import { NOW } from './deps';

export interface StoredMessage extends MessageToSend {
  readonly id: string;
  readonly sentAt: number;
}

let sent = 0;

/** A parked registration, from what matters to a test. */
export function aParked(
  fields: { code?: string; userId?: string; id?: string; sentAt?: number } = {},
): StoredMessage {
  const { code = 'remote-rejected', userId = 'auth0|1', sentAt = NOW - 60_000 } = fields;
  sent += 1;
  const parked = {
    code,
    words: 'Words of the worker. (data.user)',
    time: new Date(sentAt).toISOString(),
    attempts: 3,
  };
  return {
    id: fields.id ?? `message-${sent}`,
    sentAt,
    body: JSON.stringify({
      id: `reg_${sent}`,
      type: 'user.registered',
      data: { user: { user_id: userId, email: 'ada@example.com' } },
    }),
    attributes: {
      type: 'user.registered',
      webhook: 'msg_1 1795165200 v1,abc',
      accepted: `${NOW} request-1 events`,
      ...(code === 'none' ? {} : { parked: JSON.stringify(parked) }),
    },
  };
}

/** Queues that hide what is received until it is released or removed, as SQS does. What is released comes first. */
export function queuesInMemory(
  contents: Record<string, StoredMessage[]>,
  deadLetters: Record<string, string> = {},
) {
  const visible = new Map(Object.entries(contents).map(([url, messages]) => [url, [...messages]]));
  const hidden = new Map<string, { url: string; message: StoredMessage }>();
  const faults: Partial<Record<'send' | 'remove', (id: string) => string | undefined>> = {};
  const hooks: { onReceive?: () => void; onSend?: (url: string) => void } = {};
  const calls = { receive: 0, send: 0, remove: 0, release: 0 };
  let receives = 0;
  const at = (url: string) => {
    const messages = visible.get(url) ?? [];
    visible.set(url, messages);
    return messages;
  };
  const outcome = (
    messages: readonly { readonly id: string }[],
    fault?: (id: string) => string | undefined,
  ) => messages.map(({ id }) => fault?.(id));
  const queues: Queues = {
    async depth(url) {
      const inFlight = [...hidden.values()].filter((one) => one.url === url).length;
      const deadLetterUrl = deadLetters[url];
      return {
        visible: at(url).length,
        inFlight,
        delayed: 0,
        ...(deadLetterUrl === undefined ? {} : { deadLetterUrl }),
      };
    },
    async receive(url, _, most = 10) {
      calls.receive += 1;
      hooks.onReceive?.();
      return at(url)
        .splice(0, most)
        .map((message): QueuedMessage => {
          receives += 1;
          const handle = `handle-${receives}`;
          hidden.set(handle, { url, message });
          return { ...message, handle, receives: 1 };
        });
    },
    async send(url, messages) {
      calls.send += 1;
      const results = outcome(
        messages.map(({ body }) => ({ id: JSON.parse(body).id as string })),
        faults.send,
      );
      messages.forEach((message, index) => {
        if (results[index] === undefined)
          at(url).push({ ...message, id: `sent-${at(url).length}`, sentAt: NOW + 10_000 });
      });
      hooks.onSend?.(url);
      return results;
    },
    async remove(_, messages) {
      calls.remove += 1;
      const results = outcome(messages, faults.remove);
      messages.forEach(({ handle }, index) => {
        if (results[index] === undefined) hidden.delete(handle);
      });
      return results;
    },
    async release(url, messages) {
      calls.release += 1;
      for (const { handle } of messages) {
        const found = hidden.get(handle);
        if (found !== undefined) at(url).unshift(found.message);
        hidden.delete(handle);
      }
      return messages.map(() => undefined);
    },
  };
  return { queues: async () => queues, faults, hooks, calls, at, hidden };
}
