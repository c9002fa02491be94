import type { Deps } from '../deps';
import { sourceQueuesOf } from '../target/outputs';
import { type Finding, fail, ok, warn } from './check';

/** What the commands look up. */
const NEEDED = [
  'Auth0Tenant',
  'EventApiUrl',
  'EventApiUsagePlanId',
  'EventTopicArn',
  'EventTopicDeadLetterQueueUrl',
  'QuarantineQueueUrl',
  'ProjectionFailureQueueUrl',
  'UserLinkTableName',
  'SystemTableName',
  'AuditTableName',
  'SigningSecretArn',
  'EventStreamSecretArn',
  'UserRefPepperArn',
  'AlarmTopicArn',
];

export async function lookAtStack(deps: Pick<Deps, 'describeStack' | 'outputs'>): Promise<Finding> {
  const { stackName, values } = await deps.outputs();
  const missing = NEEDED.filter((name) => !values[name]);
  if (missing.length > 0)
    return fail(
      `${stackName} has no output ${missing.join(', ')}`,
      'It is older than this command: deploy it again',
    );
  const { status } = await deps.describeStack();
  const systems = sourceQueuesOf({ values }).map(({ system }) => system);
  const words = `${stackName}: ${status}, ${systems.length} systems`;
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(words);
  if (/_IN_PROGRESS$/.test(status)) return warn(words, 'Wait until it is through');
  if (/ROLLBACK_COMPLETE$/.test(status))
    return warn(words, 'The last deployment failed: its events in CloudFormation say why');
  return fail(words, 'Its events in CloudFormation say why');
}
