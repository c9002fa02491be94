import type { Screen } from '../../../cli/deps';
import { type Line, renderLine } from '../../../terminal/line';

/** A screen that remembers what was printed, without colours. */
export function aScreen(width = 80) {
  const lines: string[] = [];
  const warnings: string[] = [];
  const drawings: string[][] = [];
  const render = (line: Line) => renderLine(line, { colour: false }).trimEnd();
  const screen: Screen = {
    width,
    isRead: () => true,
    print: (...printed) => void lines.push(...printed.map(render)),
    warn: (code, words) => void warnings.push(`${code}: ${words}`),
    redraw: (drawn) => void drawings.push(drawn.map(render)),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  return { screen, lines, warnings, drawings, text: () => lines.join('\n') };
}
