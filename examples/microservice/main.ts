import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalOutputs } from '../../local/outputs';
import { createServiceOnLocalRun, type StackOutputs } from './service-on-local-run';

/** The order service beside the local run of `npm start`, until Ctrl-C. docs/provisioning-api.md says how to call it. */
const { Local, ...stacks } = JSON.parse(readFileSync('.punctual/outputs.json', 'utf8')) as {
  readonly Local: LocalOutputs;
};
const [stack = {}] = Object.values(stacks) as StackOutputs[];
const server = createServer(createServiceOnLocalRun(stack, Local)).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`The order service listens at http://127.0.0.1:${port}/\n`);
});
