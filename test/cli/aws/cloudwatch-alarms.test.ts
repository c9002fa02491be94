import { createCloudwatchAlarms } from '../../../cli/aws/cloudwatch-alarms';
import { createCloudwatchService } from '../../../local/aws/cloudwatch/cloudwatch-service';
import { AlarmRegistry } from '../../../local/cloudwatch/alarm-registry';
import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { aDefinition } from '../../local/cloudwatch/helpers/an-alarm';
import { awsAtHand } from '../helpers/aws-at-hand';
import { NOW } from '../helpers/deps';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:on-call';

test('alarms are those of the stack that tell this very topic', async () => {
  const alarms = new AlarmRegistry(new MetricStore(() => NOW), () => NOW);
  const add = (name: string, topic: string) =>
    alarms.add(aDefinition({ name, actions: { ALARM: [topic], OK: [], INSUFFICIENT_DATA: [] } }));
  add('Punctual-prod-crm-behind', TOPIC);
  add('Punctual-prod-somebody-elses', `${TOPIC}-2`);
  add('Punctual-production-behind', TOPIC);
  add('Shop-behind', TOPIC);
  add('Punctual-prod-tickets-behind', TOPIC);
  const aws = await awsAtHand(createCloudwatchService(alarms));
  const found = await createCloudwatchAlarms(aws.context).telling(TOPIC, 'Punctual-prod');
  await aws.close();
  expect(found.map(({ name }) => name)).toEqual(['Punctual-prod-crm-behind', 'Punctual-prod-tickets-behind']);
});
