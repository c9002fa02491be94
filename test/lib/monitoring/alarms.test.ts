import { ALARM_KINDS } from '../../../lib/monitoring/alarm-kinds';
import { type AlarmOfTemplate, alarmsOf, descriptionOf } from '../helpers/alarms';
import { INVITATIONS, only, synthesize } from '../helpers/synthesize';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
/** CloudWatch's own bound, in characters. */
const LONGEST_DESCRIPTION = 1_024;
const stacks = synthesize({ invitations: INVITATIONS });
const alarms = alarmsOf(stacks);

function alarmsOn(metric: string): AlarmOfTemplate[] {
  return alarms.filter(({ properties }) => properties.MetricName === metric);
}

function queues(isSource: boolean): string[] {
  return stacks
    .all('AWS::SQS::Queue')
    .filter(([, { Properties }]) => (Properties.RedrivePolicy !== undefined) === isSource)
    .map(([name]) => name);
}

describe('alarms', () => {
  test('every queue where messages end says so with the first message', () => {
    const visible = alarmsOn('ApproximateNumberOfMessagesVisible');
    expect(visible.map(({ dimensions }) => dimensions.QueueName).toSorted()).toEqual(
      queues(false).toSorted(),
    );
    for (const { properties } of visible) {
      expect(properties).toMatchObject({ Threshold: 1, Statistic: 'Maximum', DatapointsToAlarm: 1 });
    }
  });

  test('every source queue says when its oldest message has waited too long', () => {
    const age = alarmsOn('ApproximateAgeOfOldestMessage');
    expect(age.map(({ dimensions }) => dimensions.QueueName).toSorted()).toEqual(queues(true).toSorted());
    for (const { name, properties } of age) {
      expect(properties).toMatchObject({ Statistic: 'Maximum' });
      // Nobody waits before a page for a mail.
      expect(properties.Threshold).toBe(name.includes('invitation-mail') ? 1_800 : 900);
    }
  });

  test('every system that keeps failing says so, and does not go off and on between two retries', () => {
    const patient = { kind: 'scim', baseUrl: 'https://a.example.com', retry: { capSeconds: 3_600 } } as const;
    const retryAge = alarmsOf(synthesize({}, { patient })).filter(
      ({ properties }) => properties.MetricName === 'RetryAge',
    );
    expect(only(retryAge).properties).toMatchObject({ Threshold: 900_000, Period: 3_600 });
    expect(alarmsOn('RetryAge').map(({ properties }) => properties.Period)).toEqual([900, 900, 900]);
  });

  test.each(['Errors', 'Throttles', 'Duration'])('every function has an alarm for its %s', (metric) => {
    const functions = stacks.all('AWS::Lambda::Function').map(([name]) => name);
    const watched = alarmsOn(metric).map(({ dimensions }) => dimensions.FunctionName);
    expect(watched.toSorted()).toEqual(functions.toSorted());
  });

  test('a function is slow at four fifths of its own time-out', () => {
    const timeouts = stacks
      .all('AWS::Lambda::Function')
      .map(([name, { Properties }]) => [name, Number(Properties.Timeout) * 800]);
    const thresholds = alarmsOn('Duration').map(({ dimensions, properties }) => [
      dimensions.FunctionName,
      properties.Threshold,
    ]);
    expect(Object.fromEntries(thresholds)).toEqual(Object.fromEntries(timeouts));
  });

  test('one event that every system refuses is not yet an attack', () => {
    expect(only(alarmsOn('SignatureRejected')).properties).toMatchObject({ Threshold: 6, Statistic: 'Sum' });
  });

  test('nothing measured means that all is well, except where an event or a census should have come', () => {
    const breaching = alarms.filter(({ properties }) => properties.TreatMissingData !== 'notBreaching');
    expect(breaching.map(({ name, properties }) => [name, properties.TreatMissingData])).toEqual([
      ['UserProvisioning-test-event-api-silence', 'breaching'],
      ['UserProvisioning-test-link-census-silence', 'breaching'],
    ]);
  });

  test('silence is an alarm after a day, after as long as configured, and never in a throw-away stack', () => {
    const silence = (environment: Parameters<typeof synthesize>[0]) =>
      alarmsOf(synthesize(environment))
        .filter(({ name }) => name.endsWith('event-api-silence'))
        .map(({ properties }) => [properties.EvaluationPeriods, properties.DatapointsToAlarm]);
    expect(silence({})).toEqual([[24, 24]]);
    expect(silence({ monitoring: { silence: { afterHours: 60 } } })).toEqual([[60, 60]]);
    expect(silence({ monitoring: { silence: { afterHours: 0 } } })).toEqual([]);
    expect(silence({ ephemeral: true })).toEqual([]);
    expect(silence({ ephemeral: true, monitoring: { silence: { afterHours: 1 } } })).toEqual([[1, 1]]);
  });

  test('every alarm tells somebody when it goes off, and none sends a mail to say that it has cleared', () => {
    for (const { name, properties } of alarms) {
      expect([name, JSON.stringify(only(properties.AlarmActions as unknown[]))]).toEqual([
        name,
        expect.stringContaining('AlarmTopic'),
      ]);
      expect(properties).not.toHaveProperty('OKActions');
      expect(properties).not.toHaveProperty('InsufficientDataActions');
      expect(properties).not.toHaveProperty('ActionsEnabled');
    }
    for (const { name, properties } of alarmsOf(synthesize({ alarms: { topicArn: TOPIC } }))) {
      expect([name, properties.AlarmActions]).toEqual([name, [TOPIC]]);
    }
  });

  test('the longest look back that CloudWatch allows is not exceeded', () => {
    for (const { name, properties } of alarms) {
      const periodSeconds = Number(properties.Period);
      const longest = periodSeconds >= 3_600 ? 7 * 86_400 : 86_400;
      expect([name, periodSeconds % 60]).toEqual([name, 0]);
      expect(periodSeconds * Number(properties.EvaluationPeriods)).toBeLessThanOrEqual(longest);
    }
  });
});

describe('names of alarms', () => {
  test('say the stack, the system where there is one, and what is wrong', () => {
    expect(alarms.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'UserProvisioning-test-crm-system-queue-dead-letters',
        'UserProvisioning-test-crm-connector-retries',
        'UserProvisioning-test-event-api-errors',
        'UserProvisioning-test-status-projection-throttles',
      ]),
    );
  });

  test('are unique, and fit', () => {
    const names = alarms.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^UserProvisioning-test-[a-z0-9-]+$/);
      expect(name.length).toBeLessThanOrEqual(255);
    }
  });
});

describe('descriptions of alarms', () => {
  test('begin with the severity, which is a tag as well', () => {
    const severities = new Set(Object.values(ALARM_KINDS).map(({ severity }) => severity));
    for (const alarm of alarms) {
      const severity = /^\[(.+?)\] [A-Z a-z]/.exec(descriptionOf(alarm))?.[1];
      expect(severities).toContain(severity);
      expect(alarm.properties.Tags).toContainEqual({ Key: 'punctual:severity', Value: severity });
    }
  });

  test('lead to the page of the queue, the function and its logs', () => {
    const parked = alarms.find(({ name }) => name.endsWith('crm-system-queue-dead-letters'));
    const [words, runbook, ...links] = descriptionOf(parked as AlarmOfTemplate, 4).split('\n');
    const console = 'https://console.aws.amazon.com';
    const region = 'home?region=ap-southeast-1';
    expect(words).toBe('[critical] A message for crm is parked and waits for an operator.');
    expect(runbook).toBe('Runbook: docs/runbook.md#system-queue-messages-are-parked');
    expect(links).toEqual([
      `Queue: ${console}/sqs/v3/${region}#/queues/https%3A%2F%2Fsqs.ap-southeast-1.amazonaws.com%2F123456789012%2Fnnnn`,
      `Function: ${console}/lambda/${region}#/functions/nnnn?tab=monitoring`,
      `Logs: ${console}/cloudwatch/${region}#logsV2:log-groups/log-group/nnnn`,
    ]);
  });

  test('all lead somewhere in the console', () => {
    for (const alarm of alarms) expect(descriptionOf(alarm)).toContain('https://console.aws.amazon.com/');
  });

  test('lead to the runbook where the configuration says it is', () => {
    const elsewhere = synthesize({ monitoring: { runbookUrl: 'https://wiki.example.com/punctual' } });
    for (const alarm of alarmsOf(elsewhere)) {
      expect(descriptionOf(alarm)).toMatch(/^Runbook: https:\/\/wiki\.example\.com\/punctual#[a-z-]+$/m);
    }
  });

  // The longest that CloudFormation makes of the longest names: 64 for a function, 80 for a queue, and for a log
  // group the 128 of a nested stack's name with the logical id and 12 of chance.
  test('fit into what CloudWatch takes, with the longest names there can be', () => {
    const system = `s${'y'.repeat(30)}`;
    const runbookUrl = `https://wiki.example.com/${'r'.repeat(95)}`;
    const widest = synthesize(
      { monitoring: { runbookUrl } },
      {
        [system]: { kind: 'scim', baseUrl: 'https://crm.example.com', behindAfterMinutes: 1_440 },
      },
    );
    const lengths = alarmsOf(widest).map((alarm) => {
      const text = descriptionOf(alarm, 0);
      const names = [
        text.includes('Queue:') && 80,
        text.includes('Function:') && 64,
        text.includes('Logs:') && 175,
      ];
      const topic = text.includes('Topic:') && 'arn:aws:sns:ap-southeast-1:123456789012:'.length + 256;
      return text.length + [...names, topic].reduce((sum: number, length) => sum + Number(length), 0);
    });
    expect(Math.max(...lengths)).toBeLessThanOrEqual(LONGEST_DESCRIPTION);
    expect(Math.max(...lengths)).toBeGreaterThan(700);
  });
});
