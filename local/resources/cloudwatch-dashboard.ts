import { recordedType } from './recorded-type';

export const cloudwatchDashboard = recordedType(
  'AWS::CloudWatch::Dashboard',
  'nothing is drawn',
  ({ properties, physicalName }) => ({ ref: String(properties.DashboardName ?? physicalName) }),
);
