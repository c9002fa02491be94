import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { resolvedText } from './resolved-text';

/** A policy of which roles of the configuration are a part, and what AWS takes of it. */
export interface SizedPolicy {
  readonly resource: CfnResource;
  /** The setting that the roles are in. */
  readonly setting: 'consumers' | 'publishers';
  readonly of: 'queue' | 'key' | 'topic';
  readonly bytes: number;
  readonly limit: number;
}

/** What the construct has of such a policy; undefined where it has none. */
export function policyIn(construct: IConstruct): SizedPolicy | undefined {
  if (construct instanceof CfnQueuePolicy)
    return sized(construct, construct.policyDocument, { setting: 'consumers', of: 'queue', limit: 8_192 });
  if (construct instanceof CfnKey)
    return sized(construct, construct.keyPolicy, { setting: 'consumers', of: 'key', limit: 32_768 });
  if (construct instanceof CfnTopicPolicy)
    return sized(construct, construct.policyDocument, { setting: 'publishers', of: 'topic', limit: 30_720 });
  return undefined;
}

function sized(
  resource: CfnResource,
  document: unknown,
  of: Pick<SizedPolicy, 'setting' | 'of' | 'limit'>,
): SizedPolicy {
  return { ...of, resource, bytes: Buffer.byteLength(resolvedText(Stack.of(resource).resolve(document))) };
}
