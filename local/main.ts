import { runCommand } from './run-command';

runCommand(process.argv.slice(2)).then((code) => {
  // Set rather than exit, so that what was printed into a pipe arrives; whatever lives on is a leak to be seen.
  process.exitCode = code;
});
