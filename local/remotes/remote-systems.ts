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
import { type ScimTarget, scimTargetsOf } from './scim-targets';
import { createSignOff } from './sign-off';
import { isClientSecret, issuerOf } from './token-clients';
import type { TokenIssuer } from './token-issuer';
import { startWebhookReceiver } from './webhook-receiver';

const ROOT = join(__dirname, '../..');

export interface ScimRemoteSystems extends RemoteSystems {
  list(): readonly RemoteSystem[];
  get(name: string): RemoteSystem | undefined;
  /** Those of a system: one, or one for each of its instances. */
  of(system: string): readonly RemoteSystem[];
  /** Whatever is below an address is elsewhere on this machine. */
  lead(address: string, to: string): void;
  addFault(fault: RemoteFault): Promise<void>;
  clearFaults(): Promise<void>;
}

/**
 * A stand-in for each system that a connector calls over the internet, by its kind.
 *
 * @param sources where the sources may be that the template was made of, before those of this file
 * @param tenantUrl what answers for the domain of the tenant
 */
export function createRemoteSystems(sources: readonly string[] = [], tenantUrl?: string): ScimRemoteSystems {
  const systems = new Map<string, RemoteSystem>();
  const origins: Record<string, string> = {};
  const tokenArns = new Map<string, string>();
  let started: LocalRun | undefined;
  const all = () => [...systems.values()];
  const of = (system: string) => all().filter(({ name }) => name === system || name.startsWith(`${system}/`));
  // Begun early: it takes a fifth of a second in which resources can be created.
  const bundling = bundleWorker(join(__dirname, 'scim.worker.ts'));
  bundling.catch(() => undefined);
  return {
    list: all,
    get: (name) => systems.get(name),
    of,
    originMap: () => ({ ...origins }),
    lead: (address, to) => {
      origins[address] = to;
    },
    async start(run) {
      started = run;
      if (tenantUrl !== undefined) origins[`https://${run.outputs.Auth0Tenant}`] = tenantUrl;
      const standIns = standInsOf(bundling, [...sources, ROOT], await issuerOf(run));
      const start = async ({ address, tokenArn, startAt }: StandIn, port: number) => {
        const system = await startAt(run, port);
        systems.set(system.name, system);
        if (tokenArn !== undefined) tokenArns.set(tokenArn, system.name);
        if (address === undefined) return;
        const { origin } = new URL(system.url);
        // Several may be at one host, below paths of their own.
        origins[address.origin] ??= origin;
        origins[address.origin + address.pathname] = origin;
      };
      const starts = run.functions
        .list()
        .flatMap((connector) => standIns[connector.system?.kind ?? '']?.(connector) ?? [])
        .map((standIn) => start(standIn, run.ports.next()));
      await Promise.all(starts);
      for (const { name, client } of run.functions.list().flatMap(scimTargetsOf)) {
        // Every stand-in answers for all clients, so that systems may share an endpoint, or have it at their own origin.
        if (client !== undefined)
          origins[client.tokenUrl.origin] ??= new URL(systems.get(name)?.url ?? '').origin;
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
      const hit = fault.remote === undefined ? all() : of(fault.remote);
      await Promise.all(hit.map((system) => system.addFault(fault)));
    },
    clearFaults: async () => void (await Promise.all(all().map((system) => system.clearFaults()))),
  };
}

/** A stand-in for one server that a connector calls. */
interface StandIn {
  /** Where its connector calls; absent where it calls AWS alone. */
  readonly address?: URL;
  /** Of the token that it takes. */
  readonly tokenArn?: string | undefined;
  readonly startAt: (run: LocalRun, port: number) => Promise<RemoteSystem>;
}

type StandInsOf = (connector: FunctionInfo) => StandIn[];

function standInsOf(
  scimCode: Promise<string>,
  sources: readonly string[],
  issuer?: TokenIssuer,
): Readonly<Record<string, StandInsOf>> {
  return {
    custom: (connector) => [
      {
        ...{ address: customUrlOf(connector), tokenArn: connector.environment.CUSTOM_SECRET_ARN },
        startAt: (run, port) => startCustom(connector, run, port, sources),
      },
    ],
    scim: (connector) =>
      scimTargetsOf(connector).map((target) => ({
        ...{ address: target.baseUrl, tokenArn: target.tokenArn },
        startAt: async (run, port) =>
          startScim(connector, target, run, { code: await scimCode, port, issuer }),
      })),
    webhook: (connector) => [
      { address: hookOf(connector), startAt: async (run, port) => startWebhook(connector, run, port) },
    ],
    eventbridge: (connector) => [{ startAt: async (run, port) => startBehindBus(connector, run, port) }],
  };
}

interface Starting {
  readonly code: string;
  readonly port: number;
  readonly issuer: TokenIssuer | undefined;
}

async function startScim(
  connector: FunctionInfo,
  { name, baseUrl, tokenArn }: ScimTarget,
  run: LocalRun,
  { code, port, issuer }: Starting,
): Promise<RemoteSystem> {
  const path = baseUrl.pathname.replace(/\/$/, '');
  const token = tokenArn === undefined ? '' : await readSecret(run, tokenArn);
  const { startedAt, scale } = run.clock;
  const { SCIM_DIALECT: dialect } = connector.environment;
  const manners = dialect === undefined ? {} : { manners: JSON.parse(dialect) as Manners };
  const settings = { name, path, token, clock: { startedAt, scale }, ...manners, ...(issuer && { issuer }) };
  return startRemoteSystem(code, settings, port, () => void run.functions.kill(connector.name));
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

const addressIn = (variable: string) => (connector: FunctionInfo) =>
  new URL(connector.environment[variable] ?? '');
const hookOf = addressIn('WEBHOOK_URL');
const customUrlOf = addressIn('CUSTOM_BASE_URL');
