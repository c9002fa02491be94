/**
 * Lets the process live on when a promise of a connector's fails that nobody waits for: it would end for all messages of
 * its batch, and five such ends park those of others. The listener of Lambda has to go, as it ends the process whoever
 * listens beside it, and writes the text of the error, which may be about somebody.
 */
export function outliveFloating(
  process: Pick<NodeJS.EventEmitter, 'removeAllListeners' | 'on'>,
  onFloating: (error: unknown) => void,
): void {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', onFloating);
}
