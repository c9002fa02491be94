import { createLocalApi } from '../../../local/api-gateway/local-api';
import { createClock } from '../../../local/clock';
import { planPorts } from '../../../local/listen';
import { LocalError } from '../../../local/local-error';
import { type LocalRun, startLocalRun } from '../../../local/local-run';
import { withLocalAddresses } from '../../../local/outputs';
import type { ChildReply, ChildRequest } from './small-run';

/** Runs an assembly without remote systems; a process of its own, because jest cannot load the emulator. */
let run: LocalRun;

const requests: {
  [Kind in ChildRequest['kind']]: (request: Extract<ChildRequest, { kind: Kind }>) => unknown;
} = {
  async start({ assembly, logDirectory, timeScale, port, origins }) {
    const remotes = {
      start: async () => undefined,
      stop: async () => undefined,
      originMap: () => origins,
      secretChanged: () => undefined,
    };
    const options = { assembly, logDirectory, ports: planPorts(port), clock: createClock(timeScale) };
    run = await startLocalRun({ ...options, api: createLocalApi(), remotes });
    return { url: run.frontDoor.url, outputs: withLocalAddresses(run), queues: run.queues.list() };
  },
  fault: ({ rule }) => run.frontDoor.faults.add(rule),
  kill: ({ name }) => run.functions.kill(name),
  restart: () => run.restartCompute(),
  states: () => run.functions.states(),
  calls: () => run.frontDoor.calls.counts(),
  stop: () => run.stop(),
};

process.on('message', async ({ id, ...request }: ChildRequest & { id: number }) => {
  const handle = requests[request.kind] as (request: unknown) => unknown;
  const reply = await Promise.resolve()
    .then(() => handle(request))
    .then(
      (value): ChildReply => ({ id, value }),
      (error: Error): ChildReply => ({
        id,
        error: { message: error.message, code: error instanceof LocalError ? error.code : '' },
      }),
    );
  process.send?.(reply);
});
