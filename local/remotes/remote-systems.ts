import { join } from 'node:path';
import type { FunctionInfo } from '../functions/functions';
import type { LocalRun, RemoteSystems } from '../local-run';
import { readSecret } from '../read-secret';
import { bundleWorker } from './bundle-worker';
import type { RemoteFault } from './remote-faults';
import { type RemoteSystem, startRemoteSystem } from './remote-system';

export interface ScimRemoteSystems extends RemoteSystems {
  list(): readonly RemoteSystem[];
  get(name: string): RemoteSystem | undefined;
  addFault(fault: RemoteFault): Promise<void>;
  clearFaults(): Promise<void>;
}

/** A SCIM server for each connector of kind `scim`. */
export function createRemoteSystems(): ScimRemoteSystems {
  const systems = new Map<string, RemoteSystem>();
  const origins: Record<string, string> = {};
  const tokenArns = new Map<string, string>();
  let started: LocalRun | undefined;
  const all = () => [...systems.values()];
  // Begun early: it takes a fifth of a second in which resources can be created.
  const bundling = bundleWorker(join(__dirname, 'scim.worker.ts'));
  bundling.catch(() => undefined);
  return {
    list: all,
    get: (name) => systems.get(name),
    originMap: () => ({ ...origins }),
    async start(run) {
      const connectors = run.functions.list().filter(({ system }) => system?.kind === 'scim');
      const code = await bundling;
      started = run;
      const start = async (connector: FunctionInfo, port: number) => {
        const system = await startFor(connector, run, code, port);
        systems.set(system.name, system);
        tokenArns.set(tokenArnOf(connector), system.name);
        origins[baseUrlOf(connector).origin] = new URL(system.url).origin;
      };
      await Promise.all(connectors.map((connector) => start(connector, run.ports.next())));
    },
    secretChanged(arn) {
      const system = systems.get(tokenArns.get(arn) ?? '');
      // An operator puts in what the system's people gave out, so that the system knows it.
      if (started && system) void readSecret(started, arn).then(system.setToken);
    },
    stop: async () => void (await Promise.all(all().map((system) => system.stop()))),
    async addFault(fault) {
      const hit = all().filter(({ name }) => fault.remote === undefined || fault.remote === name);
      await Promise.all(hit.map((system) => system.addFault(fault)));
    },
    clearFaults: async () => void (await Promise.all(all().map((system) => system.clearFaults()))),
  };
}

async function startFor(
  connector: FunctionInfo,
  run: LocalRun,
  code: string,
  port: number,
): Promise<RemoteSystem> {
  const { name } = connector;
  const path = baseUrlOf(connector).pathname.replace(/\/$/, '');
  const token = await readSecret(run, tokenArnOf(connector));
  const { startedAt, scale } = run.clock;
  const settings = { name, path, token, clock: { startedAt, scale } };
  return startRemoteSystem(code, settings, port, () => void run.functions.kill(name));
}

const tokenArnOf = ({ environment }: FunctionInfo) => environment.SCIM_TOKEN_SECRET_ARN ?? '';

function baseUrlOf(connector: FunctionInfo): URL {
  return new URL(connector.environment.SCIM_BASE_URL ?? '');
}
