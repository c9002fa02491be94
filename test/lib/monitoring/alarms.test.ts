import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retry } from '../../../events/outcome';
import { reportOutcome } from '../../../lambdas/connectors/report-outcome';
import { createMetrics } from '../../../lambdas/runtime/metrics';
import { RUNBOOK_HEADINGS, runbookLink } from '../../../lib/monitoring/runbook';
import { policyOf, statementsOf } from '../helpers/statements';
import { only, type Resource, synthesize } from '../helpers/synthesize';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const stacks = synthesize();
const withTopic = synthesize({ alarms: { topicArn: TOPIC } });
const alarms = stacks.all('AWS::CloudWatch::Alarm');

/** The queue that an alarm watches, as `<stack> <logical id>`. */
function watchedBy([name, { Properties }]: [string, Resource]): string {
  const [{ Value }] = Properties.Dimensions as [{ Value: { 'Fn::GetAtt': [string, string] } }];
  return `${name.split(' ')[0]} ${Value['Fn::GetAtt'][0]}`;
}

function alarmsOn(metric: string): [string, Resource][] {
  return alarms.filter(([, { Properties }]) => Properties.MetricName === metric);
}

describe('alarms', () => {
  test('every queue where messages end says so with the first message', () => {
    const ends = stacks
      .all('AWS::SQS::Queue')
      .filter(([, { Properties }]) => Properties.RedrivePolicy === undefined)
      .map(([name]) => name);
    const visible = alarmsOn('ApproximateNumberOfMessagesVisible');
    expect(visible.map(watchedBy).toSorted()).toEqual(ends.toSorted());
    for (const [, { Properties }] of visible) {
      expect(Properties).toMatchObject({ Threshold: 1, Statistic: 'Maximum', EvaluationPeriods: 1 });
    }
  });

  test('every source queue says when its oldest message has waited too long', () => {
    const sources = stacks
      .all('AWS::SQS::Queue')
      .filter(([, { Properties }]) => Properties.RedrivePolicy !== undefined)
      .map(([name]) => name);
    const age = alarmsOn('ApproximateAgeOfOldestMessage');
    expect(age.map(watchedBy).toSorted()).toEqual(sources.toSorted());
    for (const [, { Properties }] of age)
      expect(Properties).toMatchObject({ Threshold: 900, Statistic: 'Maximum' });
  });

  test('every system that keeps failing says so, by a metric that its function really sends', () => {
    const lines: string[] = [];
    const metrics = createMetrics(
      (line) => void lines.push(line),
      () => 0,
      'test',
    );
    const deps = { system: 'crm', now: () => 900_000, log: () => {}, metrics };
    reportOutcome(deps, retry('remote-unavailable', 1000), { acceptedAt: 0, fields: { durationMs: 1 } });
    const sent = JSON.parse(only(lines));
    const [directive] = sent._aws.CloudWatchMetrics;
    const alarm = only(
      alarmsOn('RetryAge').filter(([, { Properties }]) => JSON.stringify(Properties).includes('crm')),
    );
    const { Namespace, Dimensions, Threshold } = alarm[1].Properties;
    expect(Namespace).toBe(directive.Namespace);
    expect(Dimensions).toEqual(
      (directive.Dimensions[0] as string[]).map((name) => ({ Name: name, Value: sent[name] })),
    );
    expect(Threshold).toBe(sent.RetryAge);
    expect(alarm[1].Properties.Period).toBe(900);
    expect(alarmsOn('RetryAge')).toHaveLength(2);
  });

  test('an unused queue, which reports nothing, is healthy', () => {
    for (const [, { Properties }] of alarms) expect(Properties.TreatMissingData).toBe('notBreaching');
  });

  test('every alarm tells somebody', () => {
    for (const [, { Properties }] of alarms) {
      expect(JSON.stringify(only(Properties.AlarmActions as unknown[]))).toContain('AlarmTopic');
    }
    for (const [name, { Properties }] of withTopic.all('AWS::CloudWatch::Alarm')) {
      expect([name, Properties.AlarmActions]).toEqual([name, [TOPIC]]);
    }
  });
});

describe('the runbook', () => {
  const page = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  test('has a heading for every alarm, and every alarm names one', () => {
    const named = alarms.map(
      ([, { Properties }]) => / See (docs\/runbook\.md#\S+)$/.exec(String(Properties.AlarmDescription))?.[1],
    );
    const links = Object.keys(RUNBOOK_HEADINGS).map((key) =>
      runbookLink(key as keyof typeof RUNBOOK_HEADINGS),
    );
    expect([...new Set(named)].toSorted()).toEqual(links.toSorted());
  });

  test('has no heading without an alarm', () => {
    expect(headings.toSorted()).toEqual(Object.values(RUNBOOK_HEADINGS).toSorted());
  });

  test('says under each heading how to look and how to heal', () => {
    for (const section of page.split(/^## /m).slice(1)) {
      expect(section).toContain('\nLook:');
      expect(section).toContain('\nHeal:');
    }
  });
});

describe('the alarm topic', () => {
  const [topic = ''] = stacks
    .all('AWS::SNS::Topic')
    .map(([name]) => name)
    .filter((name) => name.includes('AlarmTopic'));

  const FROM_OUR_ALARMS = {
    StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    ArnLike: { 'aws:SourceArn': expect.anything() },
  };

  test('lets CloudWatch publish for alarms of this account', () => {
    const allowed = policyOf(stacks, 'AWS::SNS::TopicPolicy', topic).filter(
      ({ Effect }) => Effect === 'Allow',
    );
    expect(only(allowed)).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Condition: FROM_OUR_ALARMS,
    });
  });

  test('has a key that lets CloudWatch encrypt what it publishes', () => {
    const [[, key] = []] = stacks.all('AWS::KMS::Key').filter(([name]) => name.includes('TopicKey'));
    expect(statementsOf(key as Resource)).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: FROM_OUR_ALARMS,
      }),
    );
  });

  test('mails to the configured address', () => {
    stacks.root.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
  });

  test('is an existing one when the configuration names it', () => {
    expect(withTopic.all('AWS::SNS::Topic').filter(([name]) => name.includes('AlarmTopic'))).toEqual([]);
    withTopic.root.hasOutput('AlarmTopicArn', { Value: TOPIC });
  });
});
