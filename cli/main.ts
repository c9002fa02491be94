import { CliError } from './cli-error';
import { outliveReaders } from './outlive-readers';
import { fail, runCli } from './run-cli';

// Our Node.js versions are those of package.json; the SDK would say its own wish with every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const argv = process.argv.slice(2);

outliveReaders(process, ({ code }) => {
  const error = new CliError('unwritable', `Not everything could be written that was to be said (${code})`);
  const exitCode = fail(error, argv.includes('--json'), process);
  process.once('exit', () => {
    process.exitCode = exitCode;
  });
});

runCli(argv, { streams: process }).then((code) => {
  // Set rather than exit, so that what was printed into a pipe arrives.
  process.exitCode = code;
});
