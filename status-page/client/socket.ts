import type { SnapshotRequest, SocketMessage } from '../../events/status-snapshot';
import type { PageData } from './page-data';

/** A line to the server that speaks first once it was asked. */
export interface Socket {
  close(): void;
}

export interface SocketEvents {
  readonly onMessage: (message: SocketMessage) => void;
  /** It failed or ended. Said once, and not after `close`. */
  readonly onEnd: () => void;
}

export type OpenSocket = (data: PageData, ticket: string, events: SocketEvents) => Socket;

export const openSocket: OpenSocket = (data, ticket, { onMessage, onEnd }) => {
  const socket = new WebSocket(`${data.socketUrl}?ticket=${encodeURIComponent(ticket)}`);
  const request: SnapshotRequest = {
    action: 'snapshot',
    session_token: data.sessionToken,
    state: data.state,
  };
  socket.onopen = () => socket.send(JSON.stringify(request));
  socket.onmessage = ({ data: text }) => {
    const message = parse(String(text));
    if (message !== undefined) onMessage(message);
  };
  socket.onclose = onEnd;
  return {
    close() {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
};

/** API Gateway says things of its own on the same line, which are not ours. */
function parse(text: string): SocketMessage | undefined {
  try {
    const message = JSON.parse(text) as Partial<SocketMessage> | null;
    return message?.type === undefined ? undefined : (message as SocketMessage);
  } catch {
    return undefined;
  }
}
