/** AWS's own policies, as published in the managed policy reference. Any other is refused by name. */
const MANAGED_POLICIES: Readonly<Record<string, object>> = {
  AdministratorAccess: allow(['*']),
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ]),
  'service-role/AWSLambdaBasicExecutionRole': allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
};

const PREFIX = /^arn:aws:iam::aws:policy\//;

/** The document of a managed policy; undefined when the local run does not know it. */
export function managedPolicy(arn: string): object | undefined {
  return PREFIX.test(arn) ? MANAGED_POLICIES[arn.replace(PREFIX, '')] : undefined;
}

function allow(Action: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}
