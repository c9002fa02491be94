import { CliError } from '../cli-error';

/** Extras of a local run, from its outputs.json. */
export interface LocalExtras {
  readonly AwsEndpoint: string;
  readonly Region: string;
  /** Where the stand-in of the tenant is. */
  readonly TenantUrl?: string;
  readonly ManagementApi?: {
    readonly Domain: string;
    readonly Url: string;
    readonly ClientId: string;
    readonly ClientSecret: string;
  };
}

/** What is known of a stack from outside. */
export interface Outputs {
  readonly stackName: string;
  readonly values: Readonly<Record<string, string>>;
  /** Present for a local run. */
  readonly local?: LocalExtras;
}

/** The value of an output; fails with `output-missing`. */
export function outputOf({ stackName, values }: Pick<Outputs, 'stackName' | 'values'>, name: string): string {
  const value = values[name];
  if (value !== undefined && value !== '') return value;
  throw new CliError(
    'output-missing',
    `The stack ${stackName} has no output ${name}`,
    'It is older than this command: deploy it again, or restart npm start',
  );
}

/** A system and its source queue. */
export interface SystemQueue {
  readonly system: string;
  readonly url: string;
  /** What the outputs of the system end with. */
  readonly suffix: string;
}

/** Such as `QueueUrlCrm`, and of a system whose queue the own code of its team works off. */
const [WORKED, CONSUMED] = ['QueueUrl', 'ConsumerQueueUrl'] as const;

/** The queue is called `<system>-<uuid of the stack>`. */
const QUEUE_NAME = /\/([^/]+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The systems that have links, because a function of ours works their queues off. */
export function systemQueuesOf(outputs: Pick<Outputs, 'values'>): SystemQueue[] {
  return queuesOf(outputs, WORKED);
}

/** The systems whose queues the own code of their teams works off: nothing is known of a user there. */
export function consumerQueuesOf(outputs: Pick<Outputs, 'values'>): SystemQueue[] {
  return queuesOf(outputs, CONSUMED);
}

/**
 * True of a system without links that takes events. One that is retired has its queue still; and a stack that says
 * nothing of it is older than this command, so that nobody may rely on it.
 */
export function takesEvents({ values }: Pick<Outputs, 'values'>, system: string): boolean {
  return namesIn(values.ConsumingSystems).includes(system);
}

/** The source queues of all systems. */
export function sourceQueuesOf(outputs: Pick<Outputs, 'values'>): SystemQueue[] {
  return [...systemQueuesOf(outputs), ...consumerQueuesOf(outputs)].sort(byName);
}

function queuesOf(
  { values }: Pick<Outputs, 'values'>,
  prefix: 'QueueUrl' | 'ConsumerQueueUrl',
): SystemQueue[] {
  return Object.entries(values)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, url]) => ({ name, url, suffix: name.slice(prefix.length) }))
    .map(({ url, suffix }) => ({ system: QUEUE_NAME.exec(url)?.[1] ?? suffix, url, suffix }))
    .sort(byName);
}

const byName = (one: SystemQueue, other: SystemQueue) => one.system.localeCompare(other.system);

/** Names of the instances of a system; none of one that has a single server. */
export function instancesOf(outputs: Pick<Outputs, 'values'>, system: string): string[] {
  const { suffix } = systemQueuesOf(outputs).find((queue) => queue.system === system) ?? {};
  const names = suffix === undefined ? undefined : outputs.values[`Instances${suffix}`];
  return namesIn(names);
}

/** Names of all systems that have links, or the one that is asked for; fails with `no-system` or `no-links`. */
export function systemsOf(outputs: Pick<Outputs, 'values'>, only: string | undefined): string[] {
  const systems = systemQueuesOf(outputs).map(({ system }) => system);
  if (only === undefined) return systems;
  if (systems.includes(only)) return [only];
  if (consumerQueuesOf(outputs).some(({ system }) => system === only)) throw noLinks(only);
  throw new CliError('no-system', `There is no system ${only}`, `There is ${systems.join(', ')}`, 2);
}

/** Names of the systems without which nobody is ready. */
export function requiredSystemsOf({ values }: Pick<Outputs, 'values'>): string[] {
  return namesIn(values.RequiredSystems);
}

/** Names of the systems in which those alone are known who accepted an invitation: nobody else is waited for there. */
export function grantingSystemsOf({ values }: Pick<Outputs, 'values'>): string[] {
  return namesIn(values.GrantingSystems);
}

const namesIn = (list = '') => list.split(',').filter((name) => name !== '');

function noLinks(system: string): CliError {
  const hint = 'Its people know what became of an event; npx punctual dlq list says what waits';
  return new CliError('no-links', `${system} has no links: code of its own works its queue off`, hint, 2);
}
