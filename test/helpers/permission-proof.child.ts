import { startTokenIssuer } from './a-token-issuer';
import { subscribeInbox } from './inbox';
import { provePermissions } from './permission-proof';
import { runInProcess } from './run-in-process';

/** Five minutes, after which a census is taken, are five seconds. A message comes back after two. */
const TIME_SCALE = 60;

async function main(): Promise<void> {
  const run = await runInProcess(TIME_SCALE);
  const tenant = `https://${run.outputs.Auth0Tenant}`;
  const tokens = await startTokenIssuer(`${tenant}/`);
  const { remotes } = run.session.run;
  const known = remotes.originMap;
  remotes.originMap = () => ({ ...known(), [tenant]: tokens.url });
  try {
    const walked = { run, tokens, notifications: await subscribeInbox(run) };
    const options = JSON.parse(process.argv[2] ?? '{}');
    process.send?.(await provePermissions(walked, options));
  } finally {
    await run.stop();
    await tokens.stop();
  }
}

void main();
