import type { AwsError } from '../aws/aws-error';
import type { FrontDoor } from '../aws/front-door';
import type { AlarmChange } from './alarm';
import { alarmNotice } from './alarm-notice';

/** Who publishes for alarms. */
const CLOUDWATCH = 'cloudwatch.amazonaws.com';

export interface AlarmActionDeps {
  readonly door: Pick<FrontDoor, 'call'>;
  /** Is told what could not be published. CloudWatch says it nowhere but in the history of the alarm. */
  readonly onFailure: (words: string) => void;
}

/** Publishes a change of state to each topic that the alarm names for the new state. */
export async function performActions(
  change: AlarmChange,
  { door, onFailure }: AlarmActionDeps,
): Promise<void> {
  const { definition, state } = change;
  if (!definition.actionsEnabled) return;
  const { subject, json, mail } = alarmNotice(change);
  const Message = JSON.stringify({ default: json, email: mail });
  const publish = async (TopicArn: string) => {
    const input = { TopicArn, Subject: subject, Message, MessageStructure: 'json' };
    const call = { service: 'sns', operation: 'Publish', caller: CLOUDWATCH, input } as const;
    await door.call({ ...call, sourceArn: definition.arn }).catch((error: AwsError) => {
      onFailure(
        `The alarm ${definition.name} could not be published to ${TopicArn}: ${error.code ?? error.name}`,
      );
    });
  };
  await Promise.all(definition.actions[state].map(publish));
}
