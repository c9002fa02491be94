import { setMaxListeners } from 'node:events';

/** A signal that the first Ctrl-C, or a polite end, aborts; the second Ctrl-C ends the process as ever. */
export function stopOnInterrupt(stderr: NodeJS.WritableStream): AbortSignal {
  const controller = new AbortController();
  // As many wait for it as calls that are asked to be patient; beyond ten Node takes that for a leak and says so.
  setMaxListeners(0, controller.signal);
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if ((stderr as NodeJS.WriteStream).isTTY) stderr.write('\nStopping … (Ctrl-C again to end at once)\n');
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}
