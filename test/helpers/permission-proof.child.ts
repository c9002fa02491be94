import { subscribeInbox } from './inbox';
import { provePermissions } from './permission-proof';
import { runInProcess } from './run-in-process';

/** Five minutes, after which a census is taken, are five seconds. A message comes back after two. */
const TIME_SCALE = 60;

async function main(): Promise<void> {
  const run = await runInProcess(TIME_SCALE);
  try {
    const walked = { run, notifications: await subscribeInbox(run) };
    const options = JSON.parse(process.argv[2] ?? '{}');
    process.send?.(await provePermissions(walked, options));
  } finally {
    await run.stop();
  }
}

void main();
