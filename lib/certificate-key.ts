import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface CertificateKeyProps {
  /** What happens to the key with the stack. Certificates stay valid for whoever has the public key. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * What `punctual erase` signs its certificates with. Asymmetric, so that anybody can check one without us. Its private
 * half never leaves KMS. Only people sign, so no role of the stack is granted it.
 */
export class CertificateKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: CertificateKeyProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Punctual: certificates of erasure',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
      pendingWindow: Duration.days(removalPolicy === RemovalPolicy.RETAIN ? 30 : 7),
    });
  }
}
