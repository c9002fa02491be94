import type { Standing } from '../../events/standing';
import type { StatusSnapshot, SystemStanding } from '../../events/status-snapshot';

/** What the page knows. Times are of the browser's own clock, which the server's never is compared with. */
export interface Board {
  readonly systems: readonly SystemStanding[];
  readonly end?: StatusSnapshot['end'];
  readonly deadline: number;
  readonly returnToken: string;
  readonly tokenAt: number;
  /** There was news since, of which the return token says nothing. */
  readonly outdated: boolean;
}

export const boardOf = (
  { systems, end, deadlineAt, now, returnToken }: StatusSnapshot,
  at: number,
): Board => ({
  systems,
  ...(end && { end }),
  deadline: at + deadlineAt - now,
  returnToken,
  tokenAt: at,
  outdated: false,
});

export function withStanding(board: Board, name: string, standing: Standing): Board {
  const systems = board.systems.map((system) => (system.name === name ? { ...system, standing } : system));
  return { ...board, systems, outdated: true };
}

/** No required system waits: the server will say that the page may go on. */
export const isSettled = ({ systems }: Board): boolean =>
  systems.every(({ required, standing }) => !required || standing !== 'waiting');

/** The systems that stand otherwise than before. */
export const changes = (before: Board, after: Board): SystemStanding[] =>
  after.systems.filter(
    ({ name, standing }) => before.systems.find((system) => system.name === name)?.standing !== standing,
  );
