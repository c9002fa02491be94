import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AssemblyParts {
  readonly resources: Record<string, object>;
  readonly outputs?: Record<string, object>;
  /** Source of `index.mjs` by the name that `aFunction` uses. */
  readonly code?: Record<string, string>;
  /** Templates by the name that `aNestedStack` uses. */
  readonly nested?: Record<string, object>;
}

const BUCKET = 'assets';

/** Writes a cloud assembly as the CDK would, and gives its directory. */
export function anAssembly({ resources, outputs = {}, code = {}, nested = {} }: AssemblyParts): string {
  const directory = mkdtempSync(join(tmpdir(), 'punctual-assembly-'));
  const write = (file: string, value: unknown) => writeFileSync(join(directory, file), JSON.stringify(value));
  const files: Record<string, object> = {};
  for (const [name, source] of Object.entries(code)) {
    mkdirSync(join(directory, `asset.${name}`));
    writeFileSync(join(directory, `asset.${name}`, 'index.mjs'), source);
    files[name] = asset(`asset.${name}`, `${name}.zip`);
  }
  for (const [name, template] of Object.entries(nested)) {
    write(`${name}.nested.template.json`, template);
    files[name] = asset(`${name}.nested.template.json`, `${name}.json`);
  }
  write('App.template.json', { Resources: { FunctionRole: aRole('r'), ...resources }, Outputs: outputs });
  write('App.assets.json', { version: '55.0.0', files });
  write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } },
    },
  });
  return directory;
}

function asset(path: string, objectKey: string): object {
  return { source: { path }, destinations: { here: { bucketName: BUCKET, objectKey } } };
}

export function aFunction(code: string, properties: object = {}): object {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...{
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: 'arn:aws:iam::000000000000:role/r',
        Timeout: 5,
      },
      Code: { S3Bucket: BUCKET, S3Key: `${code}.zip` },
      ...properties,
    },
  };
}

/** A role for functions that may do everything. */
function aRole(RoleName: string): object {
  const document = (statement: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...statement }],
  });
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: document({
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [{ PolicyName: 'All', PolicyDocument: document({ Action: '*', Resource: '*' }) }],
    },
  };
}

/** Lets every topic send to a queue. */
export function aQueuePolicy(logicalId: string): object {
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf(logicalId),
  };
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      PolicyDocument: { Version: '2012-10-17', Statement: [Statement] },
      Queues: [{ Ref: logicalId }],
    },
  };
}

export function aNestedStack(name: string, Parameters: object = {}): object {
  const TemplateURL = `https://s3.us-east-1.amazonaws.com/${BUCKET}/${name}.json`;
  return { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters } };
}

export function aQueue(properties: object = {}): object {
  return { Type: 'AWS::SQS::Queue', Properties: properties };
}

export function aMapping(functionId: string, source: object, properties: object = {}): object {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: functionId }, EventSourceArn: source, ...properties },
  };
}

export const arnOf = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
