import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { toBody } from '../../events/build-event';
import type { UserEvent } from '../../events/event-schema';
import { newestKey, parseKeys } from '../../events/key-ring';
import { MESSAGE_ATTRIBUTES } from '../../events/message-attributes';
import { sign } from '../../events/signature';
import { textAttributes } from './text-attributes';

export interface OwnEventsDeps {
  readonly sns: Pick<SNSClient, 'send'>;
  readonly topicArn: string;
  /** Text of the secret that holds our own keys. */
  readonly keys: () => Promise<string>;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Publishes an event of ours to the event topic, signed and marked as the API marks what it accepts.
 *
 * @param requestId what led to it, for the logs of the workers
 */
export type PublishOwn = (event: UserEvent, requestId: string) => Promise<void>;

export function createOwnEvents(deps: OwnEventsDeps): PublishOwn {
  return async (event, requestId) => {
    const at = deps.now();
    const { id, type, data } = event;
    const body = toBody(event);
    const headers = await sign(await currentKey(deps), { id, timestampSeconds: Math.floor(at / 1000), body });
    const attributes = {
      [MESSAGE_ATTRIBUTES.type]: type,
      ...(data.system === undefined ? {} : { [MESSAGE_ATTRIBUTES.system]: data.system }),
      [MESSAGE_ATTRIBUTES.webhook]: Object.values(headers).join(' '),
      [MESSAGE_ATTRIBUTES.accepted]: `${at} ${requestId} internal`,
    };
    const message = { Message: body, MessageAttributes: textAttributes(attributes) };
    await deps.sns.send(new PublishCommand({ TopicArn: deps.topicArn, ...message }));
  };
}

async function currentKey({ keys, now }: OwnEventsDeps): Promise<string> {
  const key = newestKey(parseKeys(await keys()), now());
  if (key === undefined) throw new Error('No key of ours is valid now.');
  return key.secret;
}
