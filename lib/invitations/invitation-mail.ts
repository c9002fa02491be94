import { Arn, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { InvitationsConfiguration } from '../configuration/invitations-schema';
import { MAX_RECEIVE_COUNT } from '../configuration/timings';
import { punctualMetric } from '../monitoring/punctual-metric';
import { RunbookAlarm } from '../monitoring/runbook-alarm';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import { SourceQueue } from '../source-queue';
import type { StageProps } from '../stage-props';
import type { Invitations } from './invitations';
import { landingsOf } from './landings-of';
import { MailEvents } from './mail-events';
import { grantPrecreation, type PrecreationProps } from './precreation';

export interface InvitationMailProps extends StageProps, PrecreationProps {
  readonly invitations: Pick<Invitations, 'invitations' | 'secret'>;
  readonly environment: FunctionEnvironment;
  /** Of the accept pages, with its trailing slash. */
  readonly pageUrl: string;
  /** Stands for `punctual:status` in what is bundled. */
  readonly modules: Readonly<Record<string, string>>;
}

const TIMEOUT = Duration.minutes(1);
const LATE_AFTER_MINUTES = 30;
/** SES grants a new account 14 mails a second, and what is beyond comes back. */
const TAKING = { batchSize: 5, maxConcurrency: 2 };

/** Mails of invitations: a queue, the function that sends, and what SES tells of what was sent. */
export class InvitationMail extends Construct {
  /** The address that mails come from. */
  readonly from: string;
  /** Of the configuration set of SES. */
  readonly setName: string;
  private readonly source: SourceQueue;
  private readonly keys: StageProps['keys'];

  constructor(scope: Construct, id: string, props: InvitationMailProps) {
    super(scope, id);
    this.keys = props.keys;
    this.source = this.createQueue(props);
    this.from = addressIn(props.settings.from);
    this.setName = new MailEvents(this, 'Events', { ...props, queue: this.source }).setName;
    const sender = this.createSender(props);
    this.source.workOffBy(sender, TAKING);
    this.addAlarm(sender, props);
  }

  get queueUrl(): string {
    return this.source.queue.queueUrl;
  }

  get deadLetterQueueUrl(): string {
    return this.source.deadLetterQueue.queueUrl;
  }

  /** Lets `server` have invitations sent, and tells it where. */
  grantQueueing(server: LambdaFunction): void {
    this.source.queue.grant(server, 'sqs:SendMessage');
    this.keys.queueKey.grant(server, 'kms:Decrypt', 'kms:GenerateDataKey');
    server.addEnvironment(ENVIRONMENT_NAMES.invitationMailQueueUrl, this.queueUrl);
  }

  private createQueue(props: InvitationMailProps): SourceQueue {
    return new SourceQueue(this, 'Queue', {
      ...{ ...props, name: 'invitation-mail', maxReceives: MAX_RECEIVE_COUNT },
      // Six times the function's: Lambda may hold a batch back while it is throttled.
      visibilitySeconds: TIMEOUT.toSeconds() * 6,
      deadLetters: {
        kind: 'invitationMailDeadLetters',
        words: 'The mail of an invitation is parked and waits for an operator.',
      },
      behind: {
        ...{ kind: 'invitationMailBehind', afterMinutes: LATE_AFTER_MINUTES },
        words: `The oldest mail of an invitation has waited ${LATE_AFTER_MINUTES} minutes or more.`,
      },
    });
  }

  private createSender(props: InvitationMailProps): LambdaFunction {
    const { function: sender } = new NodeFunction(this, 'Sender', {
      ...props,
      stem: 'invitationMail',
      entry: 'invitations/mail/mail',
      description: 'Sends the mails of invitations, and notes what became of them',
      timeout: TIMEOUT,
      environment: {
        ...props.environment,
        [ENVIRONMENT_NAMES.invitationMail]: JSON.stringify(sendersOf(props.settings)),
        [ENVIRONMENT_NAMES.landingApplications]: JSON.stringify(landingsOf(props.settings)),
        [ENVIRONMENT_NAMES.invitationPageUrl]: props.pageUrl,
        [ENVIRONMENT_NAMES.mailConfigurationSet]: this.setName,
      },
    });
    props.invitations.invitations.grantChanging(sender);
    grantPrecreation(sender, props);
    props.invitations.secret.grantReadAs(sender, ENVIRONMENT_NAMES.invitationSecretArn);
    this.grantSend(sender);
    return sender;
  }

  // Which identity it is that lets us send, the address or its domain, SES knows and we do not; so the address is what
  // is held fast. In the sandbox SES asks for that of the receiver as well.
  private grantSend(sender: LambdaFunction): void {
    const resource = (name: string) => Arn.format({ service: 'ses', resource: name }, Stack.of(this));
    sender.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [resource('identity/*'), resource(`configuration-set/${this.setName}`)],
        conditions: { StringEquals: { 'ses:FromAddress': this.from } },
      }),
    );
  }

  // SQS leaves messages that were received three times out of the age of a queue, and those are what there is while SES
  // sends nothing of ours.
  private addAlarm(sender: LambdaFunction, props: InvitationMailProps): void {
    new RunbookAlarm(this, 'KeepsFailing', {
      ...props,
      kind: 'invitationMailRetries',
      metric: punctualMetric('MailRetryAge', props, { statistic: 'Maximum', period: Duration.minutes(15) }),
      threshold: Duration.minutes(LATE_AFTER_MINUTES).toMilliseconds(),
      words: `A mail of an invitation has been tried for ${LATE_AFTER_MINUTES} minutes or more.`,
      subjects: { queue: this.source.queue, function: sender },
    });
  }
}

/** `MailSenders` of the function. */
const sendersOf = ({ from, replyTo }: InvitationsConfiguration) => ({
  from,
  ...(replyTo !== undefined && { replyTo }),
});

const addressIn = (sender: string): string => /<([^<>]*)>$/.exec(sender)?.[1] ?? sender;
