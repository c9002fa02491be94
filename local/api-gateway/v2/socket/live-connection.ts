import type { RawData, WebSocket } from 'ws';
import { callRoute, FORBIDDEN, finish, type ServedSocketStage } from './call-route';
import type { Connection } from './connections';
import { type ConnectionFacts, createSocketContext, type SocketContext } from './socket-context';
import { disconnectEvent, messageEvent } from './socket-event';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const IDLE_MS = 600_000;
const LONGEST_MS = 7_200_000;
const GOING_AWAY = 1001;
const NOT_TEXT = 1003;
const NO_STATUS = 1005;

/** A connection from the handshake on: its messages, its end, and the two limits of its time. */
export class LiveConnection implements Connection {
  private activeAt: number;
  private idle: NodeJS.Timeout;
  private readonly end: NodeJS.Timeout;

  constructor(
    private readonly served: ServedSocketStage,
    private readonly facts: ConnectionFacts,
    private readonly socket: WebSocket,
  ) {
    this.activeAt = served.clock.now();
    this.end = this.closeAfter(LONGEST_MS, 'Connection duration limit exceeded');
    this.idle = this.closeAfter(IDLE_MS, 'Going away');
    served.connections.add(this);
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('close', (code, reason) => void this.closed(code, reason.toString()));
    // What is wrong ends the connection, and that is told.
    socket.on('error', () => undefined);
  }

  get id(): string {
    return this.facts.connectionId;
  }

  get apiId(): string {
    return this.facts.place.apiId;
  }

  get stage(): string {
    return this.facts.place.stage;
  }

  get connectedAt(): number {
    return this.facts.connectedAt;
  }

  get identity(): Connection['identity'] {
    return this.facts.identity;
  }

  readonly lastActiveAt = (): number => this.activeAt;

  send(message: string): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false;
    this.socket.send(message);
    this.served.measure('MessageCount', 1);
    this.touch();
    return true;
  }

  close(): void {
    this.socket.close(1000, 'Connection Closed Normally');
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.touch();
    this.served.measure('MessageCount', 1);
    if (isBinary) this.socket.close(NOT_TEXT, 'Unsupported data');
    else if (this.socket.readyState === this.socket.OPEN) void this.handle(String(data));
  }

  private async handle(message: string): Promise<void> {
    const { routes, select, stage } = this.served;
    const key = select(message);
    const found = (isCustom(key) ? routes.get(key) : undefined) ?? routes.get('$default');
    const context = this.contextOf('MESSAGE', found?.route.key ?? '');
    if (found === undefined) {
      finish(this.served, context, { status: 403, refusal: FORBIDDEN });
      return this.tell(FORBIDDEN.message, context);
    }
    const event = messageEvent(message, context, stage.variables);
    const answer = await callRoute(this.served, found, context, event);
    if (answer.refusal !== undefined) return this.tell(answer.refusal.message, context);
    if (found.route.responds && answer.body !== undefined) this.send(answer.body);
  }

  private tell(message: string, { connectionId, requestId }: SocketContext): void {
    this.send(JSON.stringify({ message, connectionId, requestId }));
  }

  private async closed(code: number, reason: string): Promise<void> {
    clearTimeout(this.end);
    clearTimeout(this.idle);
    this.served.connections.remove(this.id);
    const route = this.served.routes.get('$disconnect');
    if (route === undefined) return;
    const words = code === NO_STATUS ? 'Client-side close frame status not set' : reason;
    const context = this.contextOf('DISCONNECT', '$disconnect', {
      ...{ disconnectStatusCode: code, disconnectReason: words },
    });
    await callRoute(this.served, route, context, disconnectEvent(context, this.served.stage.variables));
  }

  private contextOf(
    type: SocketContext['eventType'],
    routeKey: string,
    more: Pick<SocketContext, 'disconnectReason' | 'disconnectStatusCode'> = {},
  ): SocketContext {
    return createSocketContext(this.facts, type, routeKey, this.served.clock.now(), more);
  }

  private touch(): void {
    this.activeAt = this.served.clock.now();
    clearTimeout(this.idle);
    this.idle = this.closeAfter(IDLE_MS, 'Going away');
  }

  private closeAfter(virtualMs: number, reason: string): NodeJS.Timeout {
    const close = () => this.socket.close(GOING_AWAY, reason);
    return setTimeout(close, this.served.clock.realDelayMs(virtualMs)).unref();
  }
}

/** No message reaches the routes of connections themselves. */
function isCustom(key: string | undefined): key is string {
  return key !== undefined && key !== '$connect' && key !== '$disconnect';
}
