import { runCommand } from './run-command';

/** Everything has been told to end by then. */
const LAST_RESORT_MS = 5_000;

runCommand(process.argv.slice(2)).then((code) => {
  // Set rather than exit, so that what was printed into a pipe arrives.
  process.exitCode = code;
  setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
});
