import { arn } from './arn';
import { recordedType } from './recorded-type';

export const logsLogGroup = recordedType(
  'AWS::Logs::LogGroup',
  'logs are files that nothing deletes',
  ({ properties, physicalName }) => {
    const name = String(properties.LogGroupName ?? physicalName);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
);
