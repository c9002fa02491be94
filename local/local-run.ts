import type { LocalApi } from './api-gateway/local-api';
import type { TableRegistry } from './aws/dynamodb/tables';
import type { EventBuses } from './aws/events/event-buses';
import type { FrontDoor } from './aws/front-door';
import type { QueueRegistry } from './aws/queues';
import type { ConfigurationSets } from './aws/ses/configuration-sets';
import type { Clock } from './clock';
import type { CloudWatch } from './cloudwatch/cloudwatch';
import type { BrowserPlaces } from './functions/browser-places';
import type { FunctionRegistry } from './functions/functions';
import type { AccessControl } from './iam/access-control';
import type { PortPlan } from './listen';
import type { Outbox } from './mail/outbox';
import type { CreatedResource, ResolvedResource } from './resources/resource-type';
import type { RunLog } from './run-log';

export { startLocalRun } from './start-local-run';

/** A part that other modules plug in. It is started when every resource exists, before any function runs. */
export interface RunPart {
  start(run: LocalRun): Promise<void>;
  stop(): Promise<void>;
}

/** Stand-ins for the systems that functions call over the internet. Started before the API. */
export interface RemoteSystems extends RunPart {
  /** `{ 'https://crm.example.com': 'http://127.0.0.1:port' }`; complete once `start` has resolved. */
  originMap(): Record<string, string>;
  /** A secret has another value: a system whose token it is takes that one from now on. */
  secretChanged(arn: string): void;
}

export interface LocalRunOptions {
  /** Directory of the synthesized cloud assembly (`cdk.out`). */
  readonly assembly: string;
  /** Artifact id of the stack; needed only where the assembly holds more than one. */
  readonly stack?: string;
  readonly ports: PortPlan;
  readonly clock: Clock;
  /** Gets `<function>.log`. */
  readonly logDirectory: string;
  readonly api: LocalApi;
  readonly remotes: RemoteSystems;
  /** @default those of the configuration */
  readonly places?: BrowserPlaces;
}

/** A resource with what its creation gave. */
export interface RunResource extends ResolvedResource, CreatedResource {}

export interface LocalRun {
  readonly stackName: string;
  readonly account: '000000000000';
  readonly region: 'us-east-1';
  readonly clock: Clock;
  readonly ports: PortPlan;
  readonly frontDoor: FrontDoor;
  readonly iam: AccessControl;
  readonly api: LocalApi;
  readonly remotes: RemoteSystems;
  readonly functions: FunctionRegistry;
  readonly tables: TableRegistry;
  readonly queues: QueueRegistry;
  readonly buses: EventBuses;
  readonly configurationSets: ConfigurationSets;
  readonly cloudwatch: CloudWatch;
  /** Mails that topics and SES sent. */
  readonly outbox: Outbox;
  readonly log: RunLog;
  /** Every resource created so far, in order of creation. */
  readonly resources: readonly RunResource[];
  /** Outputs of the root stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** File or folder of the assembly that a deployment would upload to this place. */
  asset(bucket: string, key: string): string | undefined;
  /** Creates the resources of a nested stack and gives its outputs. */
  createNestedStack(
    resource: ResolvedResource,
    templateUrl: string,
    parameters: Record<string, unknown>,
  ): Promise<Record<string, string>>;
  /** Kills every function instance and what it was doing; queues and tables stay, as on AWS. */
  restartCompute(): Promise<void>;
  /** Ends everything and frees the ports. */
  stop(): Promise<void>;
}
