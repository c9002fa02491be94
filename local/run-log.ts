import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** What functions and stages print, one file per source, one line per line. */
export interface RunLog {
  readonly directory: string;
  write(source: string, line: string): void;
  onLine(listener: (source: string, line: string) => void): void;
  close(): Promise<void>;
}

/** A system call per line would cost more than what the line tells about. */
const FLUSH_MS = 250;

export function openRunLog(directory: string): RunLog {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, LogFile>();
  const listeners: ((source: string, line: string) => void)[] = [];
  return {
    directory,
    write(source, line) {
      const file = files.get(source) ?? new LogFile(join(directory, `${fileName(source)}.log`));
      files.set(source, file);
      file.add(line);
      for (const listener of listeners) listener(source, line);
    },
    onLine: (listener) => void listeners.push(listener),
    close: async () => {
      await Promise.all([...files.values()].map((file) => file.close()));
      files.clear();
    },
  };
}

class LogFile {
  private readonly stream: WriteStream;
  private pending = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.stream = createWriteStream(path, { flags: 'a' });
  }

  add(line: string): void {
    this.pending += `${line}\n`;
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  close(): Promise<void> {
    this.flush();
    return new Promise((done) => this.stream.end(done));
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stream.write(this.pending);
    this.pending = '';
  }
}

function fileName(source: string): string {
  return source.replace(/[^A-Za-z0-9._-]/g, '-');
}
