import type { Connection, Connections } from '../../api-gateway/v2/socket/connections';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService, ServiceOutput } from '../service';
import { apiIdIn } from './connection-arn';

const LARGEST_BYTES = 128 * 1024;
/** As API Gateway makes them; another one was never a connection's. */
const CONNECTION_ID = /^[\w-]{15}=$/;

export interface ExecuteApiDeps {
  readonly connections: Connections;
  /** False for a stage that no WebSocket API of that id has. */
  readonly hasStage: (apiId: string, stage: string) => boolean;
  /** What all APIs of the account take together. */
  readonly accountLimit: { take(): boolean };
}

type Input = Record<string, unknown>;

/**
 * The connections of WebSocket APIs as backends use them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export function createExecuteApiService({ connections, hasStage, accountLimit }: ExecuteApiDeps): AwsService {
  const find = (input: Input): Connection => {
    const [apiId, stage] = [apiIdIn(input), String(input.Stage)];
    if (!hasStage(apiId, stage)) throw new AwsError('ForbiddenException', 'Forbidden', 403);
    const id = String(input.ConnectionId);
    if (!CONNECTION_ID.test(id)) throw new AwsError('BadRequestException', `Invalid connectionId: ${id}`);
    const found = connections.find(apiId, stage, id);
    if (found) return found;
    throw new AwsError('GoneException', 'The connection is gone, or not established yet.', 410);
  };
  const operations: Record<string, (connection: Connection, input: Input) => ServiceOutput> = {
    PostToConnection: post,
    GetConnection: describe,
    DeleteConnection: close,
  };
  return {
    name: 'execute-api',
    // An id of a connection would make one line of each in what is counted.
    resourceOf: (_, input) => apiIdIn(input),
    async handle(operation, input) {
      const perform = operations[operation];
      if (perform === undefined) throw unsupportedOperation('execute-api', operation);
      if (!accountLimit.take()) throw new AwsError('LimitExceededException', 'Too Many Requests', 429);
      return perform(find(input), input);
    },
    close: async () => undefined,
  };
}

function post(connection: Connection, { Data = '' }: Input): ServiceOutput {
  const text = String(Data);
  if (Buffer.byteLength(text) > LARGEST_BYTES)
    throw new AwsError('PayloadTooLargeException', 'Payload too large', 413);
  if (!connection.send(text)) throw new AwsError('GoneException', 'The connection is gone.', 410);
  return { json: {}, body: '' };
}

function describe({ connectedAt, identity, lastActiveAt }: Connection): ServiceOutput {
  const time = (at: number) => new Date(at).toISOString();
  return { json: { connectedAt: time(connectedAt), identity, lastActiveAt: time(lastActiveAt()) } };
}

function close(connection: Connection): ServiceOutput {
  connection.close();
  return { json: {}, body: '', status: 204 };
}
