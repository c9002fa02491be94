import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** What functions print, one file per function, one line per line. */
export interface RunLog {
  readonly directory: string;
  write(source: string, line: string): void;
  onLine(listener: (source: string, line: string) => void): void;
  close(): Promise<void>;
}

export function openRunLog(directory: string): RunLog {
  mkdirSync(directory, { recursive: true });
  const streams = new Map<string, WriteStream>();
  const listeners: ((source: string, line: string) => void)[] = [];
  const streamOf = (source: string): WriteStream => {
    const open =
      streams.get(source) ?? createWriteStream(join(directory, `${fileName(source)}.log`), { flags: 'a' });
    streams.set(source, open);
    return open;
  };
  return {
    directory,
    write(source, line) {
      streamOf(source).write(`${line}\n`);
      for (const listener of listeners) listener(source, line);
    },
    onLine: (listener) => void listeners.push(listener),
    close: async () => {
      await Promise.all([...streams.values()].map((stream) => new Promise<void>((done) => stream.end(done))));
      streams.clear();
    },
  };
}

function fileName(source: string): string {
  return source.replace(/[^A-Za-z0-9._-]/g, '-');
}
