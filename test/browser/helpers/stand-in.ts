import type { IncomingMessage, ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Standing } from '../../../events/standing';
import type {
  SnapshotEnd,
  SocketMessage,
  StatusSnapshot,
  SystemStanding,
} from '../../../events/status-snapshot';
import type { Brand } from '../../../status-page/layout/brand';
import { chooseLanguage } from '../../../status-page/layout/language';
import { renderStatusPage } from '../../../status-page/render-status-page';
import { statusPageHeaders } from '../../../status-page/status-page-headers';
import type { StatusView } from '../../../status-page/status-view';
import { startLoopbackServer } from '../../helpers/loopback-server';
import { type StandInLogin, startStandInLogin } from './stand-in-login';

export interface StandInSettings {
  readonly systems?: readonly SystemStanding[];
  readonly deadlineMs?: number;
  readonly onFailed?: 'continue' | 'stop';
  readonly languages?: string;
  readonly brand?: Brand;
  /** What the application of the token is. @default the one that the login ends at */
  readonly app?: string;
}

const SYSTEMS: readonly SystemStanding[] = [
  { name: 'crm', label: 'Customer records', required: true, standing: 'waiting' },
  { name: 'tickets', label: 'Tickets', required: true, standing: 'waiting' },
  { name: 'billing', label: 'Billing', required: true, standing: 'ready' },
  { name: 'video', label: 'Video library', required: false, standing: 'waiting' },
];

/** Serves the page as its function does, with standings, a socket and troubles that the test decides on. */
export class StandIn {
  systems: readonly SystemStanding[];
  /** What the server does with the page's requests. */
  trouble: 'none' | 'no-socket' | 'silent-socket' | 'down' | 'expired' = 'none';
  snapshots = 0;
  tokens = 0;
  url = '';
  private readonly startedAt = Date.now();
  private readonly sockets = new WebSocketServer({ noServer: true });
  private closeServer = async () => {};

  private constructor(
    readonly login: StandInLogin,
    private readonly settings: StandInSettings,
  ) {
    this.systems = settings.systems ?? SYSTEMS;
  }

  static async start(settings: StandInSettings = {}): Promise<StandIn> {
    const standIn = new StandIn(await startStandInLogin(), settings);
    const { server, url, close } = await startLoopbackServer((request, response) =>
      standIn.serve(request, response),
    );
    server.on('upgrade', (request, socket, head) => {
      if (standIn.trouble === 'no-socket' || standIn.trouble === 'down') socket.destroy();
      else standIn.sockets.handleUpgrade(request, socket, head, (opened) => standIn.listen(opened));
    });
    standIn.url = url;
    standIn.closeServer = close;
    return standIn;
  }

  /** The address that the Action sends a person to. */
  page(state = 'state-1'): string {
    return `${this.url}/?session_token=status.token&state=${state}`;
  }

  /** Pages that hold a socket. */
  get listeners(): number {
    return this.sockets.clients.size;
  }

  /** A system has got further, and everybody who listens hears of it. */
  push(system: string, standing: Standing): void {
    this.systems = this.systems.map((one) => (one.name === system ? { ...one, standing } : one));
    if (this.trouble !== 'silent-socket') this.send({ type: 'standing', system, standing });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    await Promise.all([this.closeServer(), this.login.close()]);
  }

  /** The line breaks: who listens hears no more, and nobody gets an answer. */
  breakDown(): void {
    this.trouble = 'down';
    for (const socket of this.sockets.clients) socket.terminate();
  }

  private listen(socket: WebSocket): void {
    if (this.trouble === 'silent-socket') return;
    socket.on('message', () => socket.send(JSON.stringify({ type: 'snapshot', snapshot: this.snapshot() })));
  }

  private send(message: SocketMessage): void {
    for (const socket of this.sockets.clients) socket.send(JSON.stringify(message));
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (this.trouble === 'down') response.destroy();
    else if (pathname === '/snapshot') this.serveSnapshot(response);
    else this.servePage(this.view(searchParams.get('state') ?? ''), response);
  }

  private serveSnapshot(response: ServerResponse): void {
    this.snapshots += 1;
    const status = this.trouble === 'expired' ? 410 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 410 ? { code: 'expired' } : this.snapshot()));
  }

  private servePage(view: StatusView, response: ServerResponse): void {
    response.writeHead(view.kind === 'waiting' ? 200 : 410, { ...statusPageHeaders(view) });
    response.end(renderStatusPage(view));
  }

  private view(state: string): StatusView {
    const { onFailed = 'continue', languages, brand = {}, app = this.login.app } = this.settings;
    const common = { language: chooseLanguage(languages), brand, app };
    if (this.trouble === 'expired') return { kind: 'expired', ...common };
    return {
      ...{ kind: 'waiting', state, onFailed, ...common },
      snapshot: this.snapshot(),
      sessionToken: 'status.token',
      continueUrl: `${this.login.tenant}/continue?state=${state}`,
      socketUrl: `${this.url.replace('http', 'ws')}/live`,
      snapshotUrl: `${this.url}/snapshot`,
      refreshSeconds: 1,
    };
  }

  private snapshot(): StatusSnapshot {
    const now = Date.now();
    const deadlineAt = this.startedAt + (this.settings.deadlineMs ?? 30_000);
    const end = this.end(now >= deadlineAt);
    this.tokens += 1;
    const returnToken = `return-${this.tokens}`;
    // A server whose clock is an hour ahead: the browser must not compare it with its own.
    const ahead = 3_600_000;
    return {
      ...{ systems: this.systems, ...(end && { end }), returnToken, ticket: `ticket-${this.tokens}` },
      ...{ deadlineAt: deadlineAt + ahead, now: now + ahead },
    };
  }

  private end(late: boolean): SnapshotEnd | undefined {
    const standings = this.systems.filter(({ required }) => required).map(({ standing }) => standing);
    if (standings.includes('waiting')) return late ? 'deadline' : undefined;
    return standings.includes('failed') ? 'failed' : 'settled';
  }
}
