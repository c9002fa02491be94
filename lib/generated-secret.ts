import type { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface GeneratedSecretProps {
  readonly description: string;
  readonly encryptionKey: IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** A secret whose value AWS makes up and no template ever holds. */
export class GeneratedSecret extends Construct {
  readonly secret: Secret;
  private readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    this.secret = new Secret(this, 'Secret', {
      ...props,
      // 44 letters and digits are valid base64 of 33 bytes, as Standard Webhooks wants its secrets.
      generateSecretString: { passwordLength: 44, excludePunctuation: true },
    });
  }

  /**
   * Lets `reader` read the value, and tells it in `variable` where. The secret's own grant would write the
   * reader's role into the key's policy: a circle, when the reader is in a nested stack.
   */
  grantReadAs(reader: LambdaFunction, variable: string): void {
    const { secretArn } = this.secret;
    reader.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }),
    );
    this.encryptionKey.grantDecrypt(reader);
    reader.addEnvironment(variable, secretArn);
  }
}
