import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

/** A socket that a person's page listens on. */
export interface Connection {
  readonly userRef: string;
  readonly connectionId: string;
  /** Epoch ms at which it was opened. */
  readonly at: number;
  /** Seconds since 1970, as DynamoDB takes it: nobody looks at the page after it. */
  readonly expiresAt: number;
}

/** The table of open sockets. What is in it may be gone: only who pushes finds out. */
export interface Connections {
  add(connection: Connection): Promise<void>;
  remove(connection: Pick<Connection, 'userRef' | 'connectionId'>, abortSignal?: AbortSignal): Promise<void>;
  /** Those of a person, the newest {@link MOST_CONNECTIONS} at most. */
  of(userRef: string, abortSignal?: AbortSignal): Promise<Connection[]>;
}

/** Tabs of one person. Who opens more with one token finds out by polling. */
const MOST_CONNECTIONS = 10;
/** A page that is loaded again leaves the socket of the one before behind, until somebody pushes to it in vain. */
const MOST_ROWS = 100;

export function createConnections(client: DynamoDBDocumentClient, TableName: string): Connections {
  return {
    async add(Item) {
      await client.send(new PutCommand({ TableName, Item }));
    },
    async remove({ userRef, connectionId }, abortSignal) {
      const remove = new DeleteCommand({ TableName, Key: { userRef, connectionId } });
      await client.send(remove, optionsOf(abortSignal));
    },
    async of(userRef, abortSignal) {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: 'userRef = :userRef',
        ExpressionAttributeValues: { ':userRef': userRef },
        // A page may have opened its socket in this very moment.
        ConsistentRead: true,
        Limit: MOST_ROWS,
      });
      const { Items = [] } = await client.send(query, optionsOf(abortSignal));
      return (Items as Connection[]).toSorted((one, other) => other.at - one.at).slice(0, MOST_CONNECTIONS);
    },
  };
}

const optionsOf = (abortSignal?: AbortSignal) => ({ ...(abortSignal && { abortSignal }) });
