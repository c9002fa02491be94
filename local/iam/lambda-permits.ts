import { arn } from '../resources/arn';
import type { AccessControl } from './access-control';

const LAMBDA = 'lambda.amazonaws.com';
const EVENTS = 'events.amazonaws.com';
const API_GATEWAY = 'apigateway.amazonaws.com';
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

/** What Lambda asks with the role of a function before it acts for it. None of it is a call of the front door. */
export class LambdaPermits {
  constructor(private readonly iam: AccessControl) {}

  /** Nothing runs with a role that Lambda may not take on. */
  mayRun(functionName: string): boolean {
    return this.iam.mayAssume(LAMBDA, functionName);
  }

  /** EventBridge and other services need the permission of the function itself. */
  mayBeInvokedByRule(functionArn: string, ruleArn: string): boolean {
    return this.iam.allows(EVENTS, 'lambda:InvokeFunction', functionArn, { sourceArn: ruleArn });
  }

  /** @param routeArn of the route in its stage */
  mayBeInvokedByApi(functionArn: string, routeArn: string): boolean {
    return this.iam.allows(API_GATEWAY, 'lambda:InvokeFunction', functionArn, { sourceArn: routeArn });
  }

  mayCreateLogStream(functionName: string, logGroup: string): boolean {
    return this.iam.allows(functionName, 'logs:CreateLogStream', logStreamArn(logGroup));
  }

  mayLog(functionName: string, logGroup: string): boolean {
    return this.iam.allows(functionName, 'logs:PutLogEvents', logStreamArn(logGroup));
  }

  /** Lambda scales its pollers by the length of the queue. */
  mayMeasureQueue(functionName: string, queueArn: string): boolean {
    return this.mayRun(functionName) && this.iam.allows(functionName, 'sqs:GetQueueAttributes', queueArn);
  }

  mayReadStream(functionName: string, streamArn: string): boolean {
    const table = streamArn.split('/stream/')[0] ?? '';
    const key = this.iam.encryption.keyOf(table);
    return (
      this.mayRun(functionName) &&
      STREAM_ACTIONS.every((action) => this.iam.allows(functionName, `dynamodb:${action}`, streamArn)) &&
      (key === undefined || this.iam.allows(functionName, 'kms:Decrypt', key, { via: 'dynamodb' }))
    );
  }
}

/** Of both the log group and its streams CloudWatch Logs asks by the stream. */
function logStreamArn(logGroup: string): string {
  return arn('logs', `log-group:${logGroup}:log-stream:local`);
}
