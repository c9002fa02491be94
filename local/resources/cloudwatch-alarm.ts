import { arn } from './arn';
import { recordedType } from './recorded-type';

export const cloudwatchAlarm = recordedType(
  'AWS::CloudWatch::Alarm',
  'never evaluated',
  ({ properties, physicalName }) => {
    const name = String(properties.AlarmName ?? physicalName);
    return { ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
  },
);
