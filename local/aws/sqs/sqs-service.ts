import type { Clock } from '../../clock';
import { arn } from '../../resources/arn';
import { ACCOUNT } from '../../template/pseudo-parameters';
import { isObject } from '../../template/template';
import { unsupportedOperation } from '../aws-error';
import type { Fauxqs } from '../fauxqs';
import type { AwsService } from '../service';
import { checkMessages } from './check-message';
import { QueueSettingsByName } from './queue-settings';
import { ReceiveTimes } from './receive-times';
import { scaleDelays, toVirtualTimes } from './scale-delays';

/** What the emulator has; of the rest StartMessageMoveTask and its family are the ones people ask for. */
const OPERATIONS = [
  'CreateQueue',
  'DeleteQueue',
  'GetQueueUrl',
  'ListQueues',
  'GetQueueAttributes',
  'SetQueueAttributes',
  'PurgeQueue',
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'TagQueue',
  'UntagQueue',
  'ListQueueTags',
];

type Input = Record<string, unknown>;

/** Is told the policy that a call gives to a queue, which the emulator would not look at. */
export type KeepPolicy = (queueArn: string, document: string) => void;

/** Queues under the front door's address; URLs of any other host lead to the same queue of that name. */
export function createSqsService(
  fauxqs: Fauxqs,
  clock: Clock,
  doorUrl: string,
  keepPolicy: KeepPolicy,
): AwsService {
  const settings = new QueueSettingsByName();
  const receives = new ReceiveTimes();
  const innerUrls = new Map<string, string>();
  const inner = (input: Input): Input => {
    const name = nameOf(input.QueueUrl);
    return name === undefined ? input : { ...input, QueueUrl: innerUrls.get(name) ?? input.QueueUrl };
  };
  return {
    name: 'sqs',
    resourceOf: (_, input) => nameOf(input.QueueUrl) ?? text(input.QueueName),
    async handle(operation, input) {
      if (!OPERATIONS.includes(operation)) throw unsupportedOperation('sqs', operation);
      checkMessages(operation, input);
      const now = clock.now();
      receives.check(operation, input, now);
      const queue = nameOf(input.QueueUrl) ?? text(input.QueueName) ?? '';
      const policy = isObject(input.Attributes) ? text(input.Attributes.Policy) : undefined;
      if (policy) keepPolicy(arn('sqs', queue), policy);
      const scaled = scaleDelays(operation, inner(input), settings.of(queue), clock);
      const json = await fauxqs.sqs(operation, scaled);
      if (isObject(input.Attributes)) settings.remember(queue, input.Attributes);
      if (operation === 'CreateQueue') innerUrls.set(queue, String(json.QueueUrl));
      if (operation === 'ReceiveMessage') {
        receives.remember(json.Messages, now);
        toVirtualTimes(json.Messages, clock);
      }
      return { json: withDoorUrls(json, doorUrl) };
    },
    close: () => fauxqs.close(),
  };
}

export function queueUrl(doorUrl: string, queueName: string): string {
  return `${doorUrl}/${ACCOUNT}/${queueName}`;
}

function withDoorUrls(json: Input, doorUrl: string): Input {
  const outer = (url: unknown) => queueUrl(doorUrl, nameOf(url) ?? '');
  if (json.QueueUrl !== undefined) return { ...json, QueueUrl: outer(json.QueueUrl) };
  if (Array.isArray(json.QueueUrls)) return { ...json, QueueUrls: json.QueueUrls.map(outer) };
  return json;
}

function nameOf(queueUrl: unknown): string | undefined {
  return text(queueUrl)?.split('/').at(-1);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
