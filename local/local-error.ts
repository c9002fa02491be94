/** An error of the local runner. The code is stable, the message is for the person who reads the terminal. */
export class LocalError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'LocalError';
  }
}
