import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { QueueSubscription } from '../queue-subscription';
import type { SourceQueue } from '../source-queue';
import type { StageProps } from '../stage-props';

export interface MailEventsProps extends StageProps {
  /** Where what SES tells is worked off. */
  readonly queue: SourceQueue;
}

/** Of what SES tells. Who opened a mail or followed its link is nobody's business, and would change the link. */
const TOLD = ['bounce', 'complaint', 'reject'];
const SES = new ServicePrincipal('ses.amazonaws.com');

/** What becomes of mails: a configuration set of SES, and a topic that it tells of bounces and complaints. */
export class MailEvents extends Construct {
  /** Of the configuration set. */
  readonly setName: string;

  constructor(scope: Construct, id: string, props: MailEventsProps) {
    super(scope, id);
    const set = new CfnConfigurationSet(this, 'Set', {
      // The link in a mail opens the invitation, so that it is not sent in the clear.
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      // Whatever the account does by itself: who complained, or whose address is none, gets no mail any more.
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    this.setName = set.ref;
    const topic = this.createTopic(props);
    const { queue, deadLetterQueue } = props.queue;
    new QueueSubscription(this, 'Subscription', { topic, queue, deadLetterQueue });
    const destination = new CfnConfigurationSetEventDestination(this, 'Destination', {
      configurationSetName: this.setName,
      eventDestination: {
        ...{ enabled: true, matchingEventTypes: TOLD },
        snsDestination: { topicArn: topic.topicArn },
      },
    });
    // SES tries whether it may publish when the destination is made.
    destination.node.addDependency(topic, props.keys.topicKey);
  }

  private createTopic({ keys, removalPolicy }: MailEventsProps): Topic {
    const topic = new Topic(this, 'Topic', { masterKey: keys.topicKey, enforceSSL: true });
    topic.applyRemovalPolicy(removalPolicy);
    topic.addToResourcePolicy(this.letSesPublish(topic.topicArn));
    keys.topicKey.addToResourcePolicy(letSesEncrypt());
    return topic;
  }

  private letSesPublish(topicArn: string): PolicyStatement {
    const sets = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:configuration-set/${this.setName}`;
    return new PolicyStatement({
      sid: 'MailEventsMayPublish',
      effect: Effect.ALLOW,
      principals: [SES],
      actions: ['sns:Publish'],
      resources: [topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnEquals: { 'aws:SourceArn': sets },
      },
    });
  }
}

// As AWS documents it for SES, without a condition: for whom SES publishes it tells the topic, and nothing says that the
// key hears of it. The policy of each topic keeps everybody else out, with this key as without it.
function letSesEncrypt(): PolicyStatement {
  return new PolicyStatement({
    sid: 'MailEventsMayEncrypt',
    effect: Effect.ALLOW,
    principals: [SES],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
  });
}
