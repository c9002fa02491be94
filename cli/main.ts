import { runCli } from './run-cli';

// Our Node.js versions are those of package.json; the SDK would say its own wish with every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// A reader that has seen enough, such as head, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

runCli(process.argv.slice(2), { streams: process }).then((code) => {
  // Set rather than exit, so that what was printed into a pipe arrives.
  process.exitCode = code;
});
