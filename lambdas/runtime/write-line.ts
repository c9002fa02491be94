/** Straight to stdout: Lambda takes each line as a log event, and EMF must not be prefixed. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
