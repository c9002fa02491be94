import { join } from 'node:path';
import { parseKeys } from '../../events/key-ring';
import type { FunctionInfo } from '../functions/functions';
import type { LocalRun, RemoteSystems } from '../local-run';
import { readSecret } from '../read-secret';
import { bundleWorker } from './bundle-worker';
import { startBusListener } from './bus-listener';
import { startCustom } from './custom/start-custom';
import type { RemoteFault } from './remote-faults';
import { type RemoteSystem, startRemoteSystem } from './remote-system';
import type { Manners } from './scim-manners';
import { createSignOff } from './sign-off';
import { isClientSecret, issuerOf, tokenUrlOf } from './token-clients';
import type { TokenIssuer } from './token-issuer';
import { startWebhookReceiver } from './webhook-receiver';

const ROOT = join(__dirname, '../..');

export interface ScimRemoteSystems extends RemoteSystems {
  list(): readonly RemoteSystem[];
  get(name: string): RemoteSystem | undefined;
  addFault(fault: RemoteFault): Promise<void>;
  clearFaults(): Promise<void>;
}

/**
 * A stand-in for each system that a connector calls over the internet, by its kind.
 *
 * @param sources where the sources may be that the template was made of, before those of this file
 */
export function createRemoteSystems(sources: readonly string[] = []): ScimRemoteSystems {
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
      started = run;
      const standIns = standInsOf(bundling, [...sources, ROOT], await issuerOf(run));
      const start = async (connector: FunctionInfo, { startFor, addressOf }: StandIn, port: number) => {
        const system = await startFor(connector, run, port);
        systems.set(system.name, system);
        tokenArns.set(tokenArnOf(connector), system.name);
        if (addressOf !== undefined) origins[addressOf(connector).origin] = new URL(system.url).origin;
      };
      const starts = run.functions.list().flatMap((connector) => {
        const standIn = standIns[connector.system?.kind ?? ''];
        return standIn === undefined ? [] : [start(connector, standIn, run.ports.next())];
      });
      await Promise.all(starts);
      for (const connector of run.functions.list()) {
        const url = tokenUrlOf(connector);
        // Every stand-in answers for all clients, so that systems may share an endpoint, or have it at their own origin.
        if (url !== undefined) origins[url.origin] ??= new URL(systems.get(connector.name)?.url ?? '').origin;
      }
    },
    secretChanged(arn) {
      const system = systems.get(tokenArns.get(arn) ?? '');
      // An operator puts in what the system's people gave out, so that the system knows it.
      if (started && system) void readSecret(started, arn).then(system.setToken);
      if (started?.functions.list().some((connector) => isClientSecret(connector, arn)))
        void issuerOf(started).then((issuer) =>
          all().map(({ setClients }) => setClients?.(issuer?.clients ?? [])),
        );
    },
    stop: async () => void (await Promise.all(all().map((system) => system.stop()))),
    async addFault(fault) {
      const hit = all().filter(({ name }) => fault.remote === undefined || fault.remote === name);
      await Promise.all(hit.map((system) => system.addFault(fault)));
    },
    clearFaults: async () => void (await Promise.all(all().map((system) => system.clearFaults()))),
  };
}

/** How systems of a kind are stood in for. */
interface StandIn {
  /** Where its connector calls; absent where it calls AWS alone. */
  readonly addressOf?: (connector: FunctionInfo) => URL;
  readonly startFor: (connector: FunctionInfo, run: LocalRun, port: number) => Promise<RemoteSystem>;
}

function standInsOf(
  scimCode: Promise<string>,
  sources: readonly string[],
  issuer?: TokenIssuer,
): Readonly<Record<string, StandIn>> {
  return {
    custom: {
      addressOf: addressIn('CUSTOM_BASE_URL'),
      startFor: (connector, run, port) => startCustom(connector, run, port, sources),
    },
    scim: {
      addressOf: baseUrlOf,
      startFor: async (connector, run, port) => startScim(connector, run, await scimCode, port, issuer),
    },
    webhook: { addressOf: hookOf, startFor: startWebhook },
    eventbridge: { startFor: startBehindBus },
  };
}

async function startScim(
  connector: FunctionInfo,
  run: LocalRun,
  code: string,
  port: number,
  issuer: TokenIssuer | undefined,
): Promise<RemoteSystem> {
  const { name } = connector;
  const path = baseUrlOf(connector).pathname.replace(/\/$/, '');
  const arn = tokenArnOf(connector);
  const token = arn === '' ? '' : await readSecret(run, arn);
  const { startedAt, scale } = run.clock;
  const { SCIM_DIALECT: dialect } = connector.environment;
  const manners = dialect === undefined ? {} : { manners: JSON.parse(dialect) as Manners };
  const settings = { name, path, token, clock: { startedAt, scale }, ...manners, ...(issuer && { issuer }) };
  return startRemoteSystem(code, settings, port, () => void run.functions.kill(name));
}

function startWebhook(connector: FunctionInfo, run: LocalRun, port: number): Promise<RemoteSystem> {
  const { name, environment } = connector;
  // The people of the system were given all keys that are in the secret.
  const ring = () => readSecret(run, environment.WEBHOOK_SECRET_ARN ?? '');
  const secrets = async () => parseKeys(await ring()).map(({ secret }) => secret);
  const { pathname: path } = hookOf(connector);
  return startWebhookReceiver({ name, path, secrets, ...toldBy(connector, run) }, port);
}

/** Behind the bus that the connector puts to, whether it is of the stack or of somebody else. */
async function startBehindBus(connector: FunctionInfo, run: LocalRun, port: number): Promise<RemoteSystem> {
  const system = await startBusListener({ name: connector.name, ...toldBy(connector, run) }, port);
  run.buses.listen(connector.environment.EVENT_BUS_ARN ?? '', system.listener);
  return system;
}

function toldBy({ name, environment }: FunctionInfo, run: LocalRun) {
  const signOffArn = environment.SIGN_OFF_SECRET_ARN;
  return {
    now: run.clock.now,
    kill: () => void run.functions.kill(name),
    ...(signOffArn === undefined ? {} : { signOff: createSignOff(run, signOffArn) }),
  };
}

const tokenArnOf = ({ environment }: FunctionInfo) =>
  environment.SCIM_TOKEN_SECRET_ARN ?? environment.CUSTOM_SECRET_ARN ?? '';
const addressIn = (variable: string) => (connector: FunctionInfo) =>
  new URL(connector.environment[variable] ?? '');
const baseUrlOf = addressIn('SCIM_BASE_URL');
const hookOf = addressIn('WEBHOOK_URL');
