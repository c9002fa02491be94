import type { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EncryptionKeys } from './encryption-keys';

export interface GeneratedSecretProps {
  readonly description: string;
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  /** JSON that the generated value is a part of, under `key`. @default the value alone */
  readonly within?: { readonly json: object; readonly key: string };
}

/** A secret whose value AWS makes up and no template ever holds. */
export class GeneratedSecret extends Construct {
  readonly secret: Secret;
  private readonly keys: EncryptionKeys;

  constructor(
    scope: Construct,
    id: string,
    { description, keys, removalPolicy, within }: GeneratedSecretProps,
  ) {
    super(scope, id);
    this.keys = keys;
    this.secret = new Secret(this, 'Secret', {
      description,
      // By its ARN: given the key itself, CDK would write a statement into its policy that allows nobody more.
      encryptionKey: Key.fromKeyArn(this, 'Key', keys.dataKey.keyArn),
      removalPolicy,
      // 44 letters and digits are valid base64 of 33 bytes, as Standard Webhooks wants its secrets.
      generateSecretString: {
        ...{ passwordLength: 44, excludePunctuation: true },
        ...(within !== undefined && {
          secretStringTemplate: JSON.stringify(within.json),
          generateStringKey: within.key,
        }),
      },
    });
  }

  /**
   * Lets `reader` read the value, and tells it in `variable` where. The secret's own grant would write the
   * reader's role into the key's policy: a circle, when the reader is in a nested stack.
   */
  grantReadAs(reader: LambdaFunction, variable: string): void {
    this.grantRead(reader);
    reader.addEnvironment(variable, this.secret.secretArn);
  }

  /** The same for a reader that is told by something else where the value is. */
  grantRead(reader: LambdaFunction): void {
    const resources = [this.secret.secretArn];
    reader.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }));
    this.keys.dataKey.grantDecrypt(reader);
  }
}
