/** A client that is connected. */
export interface Connection {
  readonly id: string;
  readonly apiId: string;
  readonly stage: string;
  /** Virtual epoch ms. */
  readonly connectedAt: number;
  readonly lastActiveAt: () => number;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string };
  /** False when nobody is there any more. */
  send(message: string): boolean;
  close(): void;
}

/** The connections of all WebSocket APIs. One whose $connect is still being asked is not among them. */
export class Connections {
  private readonly open = new Map<string, Connection>();

  add(connection: Connection): void {
    this.open.set(connection.id, connection);
  }

  remove(id: string): void {
    this.open.delete(id);
  }

  /** Each stage has connections of its own. */
  find(apiId: string, stage: string, id: string): Connection | undefined {
    const connection = this.open.get(id);
    return connection?.apiId === apiId && connection.stage === stage ? connection : undefined;
  }
}
