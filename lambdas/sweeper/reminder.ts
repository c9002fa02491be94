import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { buildEvent, toBody } from '../../events/build-event';
import { newestKey, parseKeys } from '../../events/key-ring';
import { MESSAGE_ATTRIBUTES } from '../../events/message-attributes';
import { sign } from '../../events/signature';
import { textAttributes } from '../runtime/text-attributes';
import type { DueLink } from './due-links';

export interface ReminderDeps {
  readonly sns: Pick<SNSClient, 'send'>;
  readonly topicArn: string;
  /** Text of the secret that holds our own keys. */
  readonly keys: () => Promise<string>;
  readonly newId: () => string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Publishes the reminder of a link, signed and marked as the API marks what it accepts. */
export function createReminder(deps: ReminderDeps): (link: DueLink) => Promise<void> {
  return async ({ system, user_id }) => {
    const at = deps.now();
    const id = deps.newId();
    const user = { user_id };
    const body = toBody(
      buildEvent({ id, source: 'urn:punctual:sweeper', type: 'link.due', at, user, system }),
    );
    const headers = await sign(await currentKey(deps), { id, timestampSeconds: Math.floor(at / 1000), body });
    const attributes = {
      [MESSAGE_ATTRIBUTES.type]: 'link.due',
      [MESSAGE_ATTRIBUTES.system]: system,
      [MESSAGE_ATTRIBUTES.webhook]: Object.values(headers).join(' '),
      [MESSAGE_ATTRIBUTES.accepted]: `${at} ${id} internal`,
    };
    const message = { Message: body, MessageAttributes: textAttributes(attributes) };
    await deps.sns.send(new PublishCommand({ TopicArn: deps.topicArn, ...message }));
  };
}

async function currentKey({ keys, now }: ReminderDeps): Promise<string> {
  const key = newestKey(parseKeys(await keys()), now());
  if (key === undefined) throw new Error('No key of ours is valid now.');
  return key.secret;
}
