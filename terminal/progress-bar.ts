import type { Options } from 'cli-progress';

export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

/** Below this many a bar is gone before anybody has seen it. */
const FEW = 3;

/** A bar on the given terminal; elsewhere, and for very few things, nothing is drawn. */
export function startProgressBar(total: number, what: string, stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY || total < FEW) return { update: () => undefined, stop: () => undefined };
  const { Presets, SingleBar } = require('cli-progress') as typeof import('cli-progress');
  const options: Options = {
    stream,
    format: `${what} {bar} {value} of {total}, {eta_formatted} left`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
  };
  const bar = new SingleBar(options, Presets.shades_classic);
  bar.start(total, 0);
  return { update: (done) => bar.update(Math.min(done, total)), stop: () => bar.stop() };
}
