import type { Standing } from '../../events/standing';
import type { SocketMessage, StatusSnapshot } from '../../events/status-snapshot';
import type { PageData } from './page-data';
import type { SnapshotAnswer } from './snapshot-request';
import type { OpenSocket, Socket } from './socket';

const POLL_MS = 2_000;
/** A socket that was silent for so long is asked past: a push can get lost. */
const SILENCE_MS = 5_000;

export interface Listener {
  readonly onSnapshot: (snapshot: StatusSnapshot) => void;
  readonly onStanding: (system: string, standing: Standing) => void;
  readonly onDeadEnd: () => void;
  readonly onLost: (lost: boolean) => void;
}

export interface ConversationDeps {
  readonly openSocket: OpenSocket;
  readonly requestSnapshot: (data: PageData) => Promise<SnapshotAnswer>;
  readonly now: () => number;
}

/** Keeps the page informed: by a socket, and by asking wherever that is not there or says nothing. */
export class Conversation {
  private socket: Socket | undefined;
  /** It has answered, so it is worth listening to. */
  private heard = false;
  private asking: Promise<SnapshotAnswer> | undefined;
  private askAt: number;
  private wanted = false;
  private over = false;

  constructor(
    private readonly data: PageData,
    private readonly listener: Listener,
    private readonly deps: ConversationDeps,
  ) {
    this.askAt = deps.now() + POLL_MS;
  }

  start(): void {
    this.connect(this.data.snapshot.ticket);
  }

  /** Called often. Asks when it is time to. */
  tick(): void {
    if (this.asking === undefined && (this.wanted || this.deps.now() >= this.askAt)) void this.ask();
  }

  /** Asks as soon as nobody does: an answer that is under way may not know yet what there is to know. */
  soon(): void {
    this.wanted = true;
    this.tick();
  }

  /** Asks now; together with whoever asks already. */
  ask(): Promise<SnapshotAnswer> {
    if (this.asking === undefined) this.wanted = false;
    this.asking ??= this.deps.requestSnapshot(this.data).then((answer) => {
      this.asking = undefined;
      this.take(answer);
      return answer;
    });
    return this.asking;
  }

  /** The line is gone, as the browser knows before the socket does. */
  interrupt(): void {
    this.hangUp();
    this.soon();
  }

  /** Listens no more. It can still be asked. */
  end(): void {
    this.over = true;
    this.hangUp();
  }

  private hangUp(): void {
    this.socket?.close();
    this.socket = undefined;
    this.heard = false;
  }

  private take(answer: SnapshotAnswer): void {
    this.askAt = this.deps.now() + (this.heard && answer !== 'lost' ? SILENCE_MS : POLL_MS);
    if (answer === 'over') this.listener.onDeadEnd();
    else if (answer !== 'lost') this.show(answer);
    else if (!this.heard) this.listener.onLost(true);
    if (typeof answer === 'object' && this.socket === undefined && !this.over) this.connect(answer.ticket);
  }

  private show(snapshot: StatusSnapshot): void {
    this.listener.onLost(false);
    this.listener.onSnapshot(snapshot);
  }

  private connect(ticket: string): void {
    const onEnd = () => {
      this.socket = undefined;
      this.heard = false;
      this.askAt = Math.min(this.askAt, this.deps.now() + POLL_MS);
    };
    try {
      this.socket = this.deps.openSocket(this.data, ticket, {
        onMessage: (message) => this.hear(message),
        onEnd,
      });
    } catch {
      // A browser that opens no socket at all is asked past as well.
    }
  }

  private hear(message: SocketMessage): void {
    this.askAt = this.deps.now() + SILENCE_MS;
    if (message.type === 'expired') this.listener.onDeadEnd();
    else if (message.type === 'standing') this.listener.onStanding(message.system, message.standing);
    else if (message.type === 'snapshot') {
      this.heard = true;
      this.show(message.snapshot);
    }
  }
}
