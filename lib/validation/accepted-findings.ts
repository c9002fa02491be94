export interface AcceptedFinding {
  /** As cdk-nag names it: `<pack>::<rule>`. */
  readonly id: string;
  /** Paths of constructs below the stack; `*` stands for any text within one part of a path. */
  readonly at: readonly string[];
  /** Why it is safe here. */
  readonly reason: string;
}

const FUNCTIONS = [
  'System-*/Connector/Worker/Function',
  'StatusProjection/Projector/Function',
  'LinkCensus/Counter/Function',
  'LinkSweeper/Sweeper/Function',
  'ProvisioningApi/Server/Function',
  'StatusApi/Handler/Function',
  'InvitationPages/Handler/Function',
  'InvitationMail/Sender/Function',
];
const ROUTES = ['EventApi/Api/Default/events/POST', 'EventApi/Api/Default/store/GET'];

/**
 * What cdk-nag finds and we leave as it is. Everything else it found is mended. A test holds this table equal to the
 * findings: none without its row, no row without its finding.
 */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [
  {
    id: 'AwsSolutions::AwsSolutions-APIG3',
    at: ['EventApi/Api/DeploymentStage.v1'],
    reason:
      'The callers are the servers of Auth0, whose addresses change, so that a web ACL has nothing to go by. Key, usage plan, throttling and JSON schema stand in front, and nothing is believed without a signature.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    at: ROUTES,
    reason:
      'The API key only throttles. Who sent an event is proved by its signature, which the worker checks before anything else; an authorizer would put a function into the way of every event.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    at: ['StatusApi/Pages/ANY--', 'StatusApi/Pages/POST--*', 'StatusApi/Sockets/*-Route'],
    reason:
      'Who waits on the page has no token of ours yet, and the login that would give one waits for it. The function believes nothing but the token that the Action signed, the ticket that it made itself, and the signature of the Action.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    at: ['InvitationPages/Api/GET--*', 'InvitationPages/Api/POST--*'],
    reason:
      'Who is invited has no token of ours: these pages are where they sign in. The function believes nothing but the token of the mail, the session that it made itself, the tokens of the tenant, and the signature of the Action.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-COG4',
    at: ROUTES,
    reason:
      'Callers are programs that sign what they send. They have no users in a Cognito pool, and Auth0 is the identity provider here.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    at: ['EventApi/Api/CloudWatchRole'],
    reason:
      'The role belongs to the account and not to this API: API Gateway has one per region and wants this very policy, for the logs of every API there is.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
    at: [
      ...['EventApi/PublishRole', 'LinkSweeper/Sweeper/Role'],
      ...['ProvisioningApi/Server/Role', 'StatusProjection/Projector/Role'],
      ...['InvitationPages/Handler/Role', 'InvitationMail/Sender/Role'],
    ],
    reason:
      'AWS documents this form for publishers of an encrypted topic: it stands for the data key with and without its plaintext, and the statement names our one topic key.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<StatusApiSocketsA5F051B0>/live/POST/@connections/*]',
    at: ['StatusApi/Handler/Role', 'StatusProjection/Projector/Role'],
    reason:
      'Each socket has an id of its own, which nobody knows before it is open. The statement names the one stage that they are open at, and allows to send and nothing else.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
    at: ['InvitationMail/Sender/Role'],
    reason:
      'Which identity lets us send, the address or a domain above it, is a matter of SES, and in its sandbox the one of the receiver as well. A condition holds the statement to the one address that mails are from.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: ['StatusApi/StatusSecret/Secret', 'StatusApi/ReturnSecret/Secret'],
    reason:
      'The Action in the tenant holds the same value, and AWS cannot change it there. An operator changes it on both sides.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: [
      ...['SigningSecret/Secret', 'EventStreamSecret/Secret'],
      ...['System-*/Connector/Token/Secret', 'System-*/Connector/Signing/Secret'],
      'System-*/Connector/SignOff/Secret',
    ],
    reason:
      'The other side holds the same value, Auth0 or the system, and AWS cannot change it there. An operator rotates it, with both values valid meanwhile.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: ['Invitations/Secret/Secret'],
    reason:
      'Links that were sent are checked with its keys, and a change by a schedule would kill them. Who rotates it keeps the old key beside the new one.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: ['InvitationPages/Client/Secret', 'ManagementClient/Client/Secret'],
    reason:
      'The tenant holds the same value for its application, and AWS cannot change it there. An operator changes it on both sides.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: ['UserRefPepper/Secret'],
    reason:
      'Every userRef is made with the pepper. Another value would orphan every link, so it never rotates; it opens nothing by itself.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    at: ['PunctualSecret/Secret'],
    reason:
      'Only our own functions hold it. A change by a schedule would make what waits signed with the old value unbelievable; who rotates it keeps both values valid meanwhile.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SQS3',
    at: ['EventTopic/DeadLetters/Queue', 'Quarantine/Strays/Queue', 'StatusProjection/Failures/Queue'],
    reason:
      'The queue is itself where messages end: of a subscription, of a worker or of a stream, which the rule does not know as dead-letter queues. It has an alarm from the first message on, and nothing consumes it.',
  },
  {
    id: 'Serverless::Serverless-APIGWXrayEnabled',
    at: ['EventApi/Api/DeploymentStage.v1'],
    reason:
      'A trace would end at the topic. Request id, event id and userRef lead through the logs of all stages, and cost nothing per event.',
  },
  {
    id: 'Serverless::Serverless-EventBusDLQ',
    at: ['LinkCensus/Schedule', 'LinkSweeper/Schedule'],
    reason:
      'A run that could not be started is of no use later: the next one finds the same rows five minutes on. Gauges of the census that stop coming are what an operator sees.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    at: FUNCTIONS,
    reason:
      'Such a queue takes asynchronous invocations that failed. Queues and streams invoke these functions and keep what failed: the queue for its retries, the stream mapping for its on-failure queue. A schedule that failed once is run again five minutes later, and a caller of an API is told that it failed.',
  },
  {
    id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    at: ['System-*/Connector/Worker/Function/*EventSource*', 'InvitationMail/Sender/Function/EventSource'],
    reason:
      'A mapping of a queue has no such destination: what fails stays in the queue, and ends in the dead-letter queue that every system has.',
  },
  {
    id: 'Serverless::Serverless-LambdaTracing',
    at: FUNCTIONS,
    reason:
      'Queues and the topic between the functions break a trace into pieces. Request id, event id and userRef join the logs instead, and cost nothing per event.',
  },
  {
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    at: ['AlarmTopic/Topic/*@*'],
    reason:
      'An e-mail that cannot be delivered is of no use to anybody in a queue later; the alarm and its history stay in CloudWatch.',
  },
  {
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    at: [
      'EventTopic/DeadLetters/Queue',
      'Quarantine/Strays/Queue',
      'StatusProjection/Failures/Queue',
      'System-*/SystemQueue/DeadLetters/Queue',
      'InvitationMail/Queue/DeadLetters/Queue',
    ],
    reason:
      'The queue is a dead-letter queue or stands in for one. Nothing consumes it but an operator, and a second queue behind it would only hide what is parked.',
  },
];
