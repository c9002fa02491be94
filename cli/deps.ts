import type { Line } from '../terminal/line';
import type { ProgressBar } from '../terminal/progress-bar';
import type { Audit } from './audit/audit';
import type { DescribedStack } from './aws/cloudformation';
import type { AwsPorts } from './aws/ports';
import type { AwsClock } from './clock';
import type { Outputs } from './target/outputs';

/**
 * Everything a command may touch. Its `run` names what it needs (`Pick<Deps, 'outputs' | 'queues'>`), so that a test
 * gives just that, as literals. What costs time to load, such as a client of the SDK, is a function that is called
 * when it is needed.
 */
export interface Deps extends AwsPorts {
  /** What is known of the stack, or of the local run in its place. */
  readonly outputs: () => Promise<Outputs>;
  /** The stack as CloudFormation knows it now. */
  readonly describeStack: () => Promise<DescribedStack>;
  readonly audit: () => Promise<Audit>;
  readonly screen: Screen;
  /** A command as the person would type it next, for the same stack: `npx punctual status x --stack y`. */
  readonly typed: (command: string) => string;
  /** Time as AWS tells it, and how far ours is from it. */
  readonly clock: AwsClock;
  /** Epoch ms by the clock of AWS as far as it is known: a laptop may be off, and a local run may go faster. */
  readonly now: () => number;
  /** Resolves after that time, or at once when Ctrl-C was pressed. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From the first call on, Ctrl-C aborts this signal and a second Ctrl-C ends the process. */
  readonly stopping: () => AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Text of a file, or of stdin for `-`. */
  readonly readText: (file: string) => Promise<string>;
  /** Makes a file that only we can read. Fails with `file-exists` or `no-file`. */
  readonly saveText: (file: string, text: string) => Promise<void>;
  /** Writes over a file that `saveText` made. Fails with `no-file`. */
  readonly replaceText: (file: string, text: string) => Promise<void>;
}

/** Where a command says things. Everything is made safe to show on the way. */
export interface Screen {
  /** Goes to stdout; silent with `--json`. */
  readonly print: (...lines: readonly Line[]) => void;
  /** One line on stderr, with `--json` too: what went wrong beside what was asked for, and changes no exit code. */
  readonly warn: (code: string, words: string) => void;
  /** Draws over what the last call drew, where the screen is a terminal; elsewhere prints what is new. */
  readonly redraw: (lines: readonly Line[]) => void;
  /** Drawn on stderr when that is a terminal. */
  readonly progress: (total: number, what: string) => ProgressBar;
  /** False once whoever read it is gone: what only shows something need not go on. */
  readonly isRead: () => boolean;
  /** Characters in a line. */
  readonly width: number;
}
