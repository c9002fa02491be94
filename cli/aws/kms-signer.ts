import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';
import type { Signer } from './signer';

export function createKmsSigner({ config, clock }: AwsContext): Signer {
  const client = withClock(new KMSClient(config), clock);
  return {
    async publicKey(KeyId) {
      const { PublicKey } = await asking('kms:GetPublicKey', client.send(new GetPublicKeyCommand({ KeyId })));
      return PublicKey ?? new Uint8Array();
    },
    async sign(KeyId, digest) {
      const command = new SignCommand({
        ...{ KeyId, Message: digest },
        ...{ MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' },
      });
      return (await asking('kms:Sign', client.send(command))).Signature ?? new Uint8Array();
    },
  };
}
