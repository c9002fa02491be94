import type { MessageToSend } from '../aws/queues';

/** The whole batch may be as large as one message. */
const LARGEST_BATCH_BYTES = 262_144;

/** Sends up to ten messages in as many calls as their size asks for. A call that fails fails its messages alone. */
export async function sendInBatches(
  messages: readonly MessageToSend[],
  send: (batch: readonly MessageToSend[]) => Promise<(string | undefined)[]>,
): Promise<(string | undefined)[]> {
  const results: (string | undefined)[] = [];
  for (const batch of batchesOf(messages)) {
    const outcome = await send(batch).catch((error: Error) => batch.map(() => error.message));
    results.push(...outcome);
  }
  return results;
}

function batchesOf(messages: readonly MessageToSend[]): MessageToSend[][] {
  const batches: MessageToSend[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (batches.length === 0 || size > room) {
      batches.push([]);
      room = LARGEST_BATCH_BYTES;
    }
    batches.at(-1)?.push(message);
    room -= size;
  }
  return batches;
}

// Names, types and values of attributes count.
function sizeOf({ body, attributes }: MessageToSend): number {
  const texts = Object.entries(attributes).flatMap(([name, text]) => [name, 'String', text]);
  return [body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
