import type { Alarms } from './alarms';
import type { ApiKeys } from './api-keys';
import type { Caller } from './caller';
import type { LinkRows } from './link-rows';
import type { LinkTable } from './link-table';
import type { MailAccount } from './mail-account';
import type { Queues } from './queues';
import type { SecretStore } from './secret-store';
import type { Signer } from './signer';
import type { SystemItems } from './system-items';
import type { Topic } from './topic';
import type { Workers } from './workers';

/** What commands ask of AWS, in our words. One file per service knows the SDK; each is loaded when it is called. */
export interface AwsPorts {
  readonly queues: () => Promise<Queues>;
  readonly links: () => Promise<LinkTable>;
  readonly linkRows: () => Promise<LinkRows>;
  readonly systemItems: () => Promise<SystemItems>;
  readonly secrets: () => Promise<SecretStore>;
  readonly apiKeys: () => Promise<ApiKeys>;
  readonly topic: () => Promise<Topic>;
  readonly signer: () => Promise<Signer>;
  readonly alarms: () => Promise<Alarms>;
  readonly workers: () => Promise<Workers>;
  readonly mailAccount: () => Promise<MailAccount>;
  readonly caller: () => Promise<Caller>;
}
