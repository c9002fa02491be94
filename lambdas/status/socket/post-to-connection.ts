import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { SocketMessage } from '../../../events/status-snapshot';

/** Sends a message over a socket. Rejects with any failure but that nobody is there any more. */
export type PostToConnection = (
  connectionId: string,
  message: SocketMessage,
  abortSignal?: AbortSignal,
) => Promise<'sent' | 'gone'>;

// A person who waits has seen the next poll by then. Repeating would take the account's rate from events.
const LIMITS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
};

/** @param endpoint of the stage that the sockets are open at */
export function createPostToConnection(endpoint: string): PostToConnection {
  const client = new ApiGatewayManagementApiClient({ ...LIMITS, endpoint });
  return async (ConnectionId, message, abortSignal) => {
    const post = new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(JSON.stringify(message)) });
    try {
      await client.send(post, { ...(abortSignal && { abortSignal }) });
      return 'sent';
    } catch (error) {
      if (isGone(error)) return 'gone';
      throw error;
    }
  };
}

// A browser that closed is 410; an id that no API Gateway ever made is 400 and will never be there either.
const isGone = (error: unknown) =>
  error instanceof GoneException || (error instanceof Error && error.name === 'BadRequestException');

/** Where messages to the sockets of a stage are sent: its own address, over HTTP. */
export const callbackOf = (socketUrl: string): string => socketUrl.replace(/^ws/, 'http');
