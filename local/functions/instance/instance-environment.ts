import type { Credentials } from '../../aws/front-door';
import { REGION } from '../../template/pseudo-parameters';
import type { FunctionSpec } from '../function-spec';

/** The variables Lambda sets, those of the function, and what keeps SDKs off this machine's own AWS settings. */
export function instanceEnvironment(
  spec: FunctionSpec,
  { accessKeyId, secretAccessKey }: Credentials,
  doorUrl: string,
): Record<string, string> {
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: process.env.PATH ?? '',
    _HANDLER: `index.${spec.handlerName}`,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.physicalName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.physicalName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    ...spec.environment,
    AWS_ENDPOINT_URL: doorUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    // The bundle is made for a newer Node; a warning per instance would bury its log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
