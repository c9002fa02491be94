import type { Standing } from '../../events/standing';
import { phaseOf } from '../progress';
import { type Board, boardOf, changes, isSettled, withStanding } from './board';
import { Conversation } from './conversation';
import { Departure } from './departure';
import { hasLeft } from './memory';
import { nextStep, type Step } from './next-step';
import type { PageData } from './page-data';
import { Screen } from './screen';
import { shownAtFirst } from './shown-at-first';
import { requestSnapshot } from './snapshot-request';
import { openSocket } from './socket';

const TICK_MS = 200;
/** What came since the last snapshot is asked for once more before the deadline, in time for the answer. */
const LAST_MOMENT_MS = 800;

const now = () => performance.now();

/** Keeps the page up to date, and goes on when it is time to. */
export class LivePage {
  private board: Board;
  private failedAt: number | undefined;
  /** It goes on by the button only, or not at all. */
  private byHand = false;
  private readonly screen: Screen;
  private readonly departure: Departure;
  private readonly conversation: Conversation;

  constructor(private readonly data: PageData) {
    this.board = boardOf({ ...data.snapshot, ...shownAtFirst() }, now());
    this.screen = new Screen(data.words);
    this.conversation = new Conversation(
      data,
      {
        onSnapshot: (snapshot) => this.update(boardOf(snapshot, now())),
        onStanding: (system, standing) => this.hear(system, standing),
        onDeadEnd: () => this.reload(),
        onLost: (lost) => this.screen.showLost(lost),
      },
      { openSocket, requestSnapshot, now },
    );
    this.departure = new Departure(document.getElementById('form') as HTMLFormElement, {
      ...{ now, state: data.state, token: () => this.board },
      renew: async () => (await this.conversation.ask()) !== 'over',
      onStuck: () => this.settle('stuck'),
    });
  }

  start(): void {
    if (hasLeft(this.data.state)) this.settle('again');
    else this.update(this.board);
    if (this.departure.gone || this.byHand) return;
    this.conversation.start();
    setInterval(() => this.tick(), TICK_MS);
    addEventListener('offline', () => this.conversation.interrupt());
    addEventListener('online', () => this.conversation.soon());
  }

  private tick(): void {
    if (this.byHand || this.departure.gone) return;
    const { outdated, deadline } = this.board;
    if (outdated && deadline - now() < LAST_MOMENT_MS) this.conversation.soon();
    this.conversation.tick();
    this.step();
  }

  private hear(system: string, standing: Standing): void {
    this.update(withStanding(this.board, system, standing));
    // Only the server can say so in a token that the login believes.
    if (isSettled(this.board) && !this.departure.gone) this.conversation.soon();
  }

  private update(board: Board): void {
    const changed = changes(this.board, board);
    this.board = board;
    if (board.end === 'failed') this.failedAt ??= now();
    if (this.byHand) return;
    this.screen.showSystems(board.systems);
    this.screen.sayChanges(changed, board.systems);
    this.step();
  }

  private step(): void {
    if (this.byHand || this.departure.gone) return;
    const { board, data, screen } = this;
    const step = nextStep(board, now(), data.onFailed, this.failedAt);
    const phase = phaseOf(board.end, data.onFailed);
    screen.showPhase(step.kind === 'go' && phase === 'waiting' ? 'late' : phase);
    this.showSeconds(step);
    if (step.kind === 'go') this.departure.leaveByItself();
    if (step.kind === 'stay') this.rest();
  }

  private showSeconds(step: Step): void {
    const { limit, countdown } = this.data.words;
    if (step.kind === 'wait') this.screen.showSeconds(limit, step.seconds);
    else if (step.kind === 'read') this.screen.showSeconds(countdown, step.seconds);
    else this.screen.showSeconds();
  }

  /** Nothing more happens by itself. */
  private settle(phase: 'again' | 'stuck'): void {
    this.rest();
    this.screen.showSeconds();
    this.screen.showPhase(phase);
  }

  /** The server has a page for who cannot go on from here. */
  private reload(): void {
    this.rest();
    location.reload();
  }

  private rest(): void {
    this.byHand = true;
    this.conversation.end();
  }
}
