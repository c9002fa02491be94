import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { GeneratedSecret } from './generated-secret';
import type { StageProps } from './stage-props';

/** The application of the tenant by which Auth0 is asked and told of users. An operator puts it into the secret. */
export class ManagementClient extends Construct {
  readonly secretArn: string;
  private readonly client: GeneratedSecret;

  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id);
    this.client = new GeneratedSecret(this, 'Client', {
      ...props,
      description:
        'Application that reads and changes users of the tenant: replace client_id and client_secret by its own',
      within: { json: { client_id: 'replace-me' }, key: 'client_secret' },
    });
    const { secret } = this.client;
    // From when the provisioning API alone had it: another one would lose what operators put there.
    (secret.node.defaultChild as CfnSecret).overrideLogicalId(
      'ProvisioningApiManagementClientSecret931639EB',
    );
    this.secretArn = secret.secretArn;
  }

  /** Lets a function come to Auth0 as this application. */
  grantUse(user: LambdaFunction): void {
    this.client.grantReadAs(user, ENVIRONMENT_NAMES.managementSecretArn);
  }
}
