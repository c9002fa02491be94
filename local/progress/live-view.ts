import type { LinkTracker } from './link-progress';
import { renderTable } from './render-table';

/** Where the view is drawn; `process.stdout`. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface LiveView {
  /** Draws the last state, which stays on the screen. */
  finish(): void;
}

const REDRAW_MS = 100;
/** Beyond this many users a table says less than a number. */
const MOST_USERS_IN_TABLE = 12;

/**
 * Shows links while they are made: a table for a few users, one line for many. Elsewhere than in a terminal only
 * the last state is written, and no line for many, since the summary follows.
 */
export function startLiveView(
  tracker: LinkTracker,
  users: number,
  nameOf: (userId: string) => string,
  screen: Screen,
): LiveView {
  const table = () => renderTable(tracker.all(), nameOf);
  const line = () => [`${tracker.settledCount} of ${tracker.size} links settled`];
  const lines = users <= MOST_USERS_IN_TABLE ? table : line;
  if (users === 0) return { finish: () => {} };
  if (!screen.isTTY) return { finish: () => draw(screen, users <= MOST_USERS_IN_TABLE ? table() : [], 0) };
  let drawn = draw(screen, lines(), 0);
  const fits = () => drawn < (screen.rows || 24);
  const timer = setInterval(() => {
    // What has scrolled out of the screen cannot be drawn over.
    if (fits()) drawn = draw(screen, lines(), drawn);
  }, REDRAW_MS);
  return {
    finish() {
      clearInterval(timer);
      draw(screen, lines(), fits() ? drawn : 0);
    },
  };
}

/** Draws over the lines that were drawn before; gives how many there are now. */
function draw(screen: Screen, lines: readonly string[], before: number): number {
  const up = before > 0 ? `\u001b[${before}A` : '';
  screen.write(up + lines.map((line) => (screen.isTTY ? `\u001b[2K${line}\n` : `${line}\n`)).join(''));
  return lines.length;
}
