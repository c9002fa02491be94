import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ConnectorProps } from '../connectors/connector';
import { punctualMetric } from './punctual-metric';
import { RunbookAlarm } from './runbook-alarm';

export interface ConnectorAlarmsProps extends ConnectorProps {
  readonly function: LambdaFunction;
}

/** What a connector, and the census of its links, say of one system. */
export function addConnectorAlarms(scope: Construct, props: ConnectorAlarmsProps): void {
  addKeepsFailing(scope, props);
  addBreakerOpen(scope, props);
  addLinksHeld(scope, props);
}

// The age that SQS reports leaves out messages received three times, and those are all there are while a system
// is down. So the function tells how old what it sends back is, in a metric of its own.
function addKeepsFailing(scope: Construct, props: ConnectorAlarmsProps): void {
  const { system, configuration, queue } = props;
  const { behindAfterMinutes } = configuration;
  new RunbookAlarm(scope, 'KeepsFailing', {
    ...props,
    kind: 'connectorRetries',
    metric: punctualMetric('RetryAge', props, { statistic: 'Maximum', period: periodOfRetries(props) }),
    threshold: Duration.minutes(behindAfterMinutes).toMilliseconds(),
    words: `${system} keeps failing for a message that came into its queue ${behindAfterMinutes} minutes ago or more.`,
    subjects: { queue: queue.queue, function: props.function },
  });
}

// Each message that finds the breaker open says so, and the probe that closes it as well.
function addBreakerOpen(scope: Construct, props: ConnectorAlarmsProps): void {
  const { system, configuration, queue } = props;
  const { failurePercent } = configuration.breaker;
  new RunbookAlarm(scope, 'BreakerOpen', {
    ...props,
    kind: 'breakerOpen',
    metric: punctualMetric('BreakerOpen', props, { statistic: 'Maximum', period: periodOfRetries(props) }),
    threshold: 1,
    words: `${system} failed for ${failurePercent} % of its latest users or more: nobody calls it until a probe goes well.`,
    subjects: { queue: queue.queue, function: props.function },
  });
}

// Retries of one message are up to the cap apart; in a shorter period the alarm would go on and off.
function periodOfRetries({ configuration }: ConnectorAlarmsProps): Duration {
  return Duration.minutes(Math.max(15, Math.ceil(configuration.retry.capSeconds / 60)));
}

// The census counts every five minutes; a period of ten always holds a count.
function addLinksHeld(scope: Construct, props: ConnectorAlarmsProps): void {
  const period = Duration.minutes(10);
  new RunbookAlarm(scope, 'LinksHeld', {
    ...props,
    kind: 'linksHeld',
    metric: punctualMetric('LinksHeld', props, { statistic: 'Maximum', period }),
    threshold: 1,
    words: `An account in ${props.system} is held: somebody has to decide about it.`,
    subjects: { function: props.function },
  });
}
