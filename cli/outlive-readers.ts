import type { Streams } from './screen';

/**
 * What a command says may come to nothing; what it does must not end half way for it. A reader that has seen enough,
 * such as head, takes the pipe along, and that is all right. The first other failure to write is told.
 */
export function outliveReaders(
  { stdout, stderr }: Streams,
  onUnwritable: (error: NodeJS.ErrnoException) => void,
): void {
  let isTold = false;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (isTold || error.code === 'EPIPE') return;
      isTold = true;
      onUnwritable(error);
    });
  }
}
