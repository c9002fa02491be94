import { once } from '../once';
import type { AwsContext } from './client';
import type { AwsPorts } from './ports';

/**
 * Each port loads its client of the SDK when it is first asked for: loading all takes longer than most commands.
 * It is `require` because under tsx/cjs, which starts in half the time, `import()` finds no TypeScript.
 */
export function createAwsPorts(context: () => Promise<AwsContext>): AwsPorts {
  return {
    queues: once(async () => sqs().createSqsQueues(await context())),
    links: once(async () => links().createLinkTable(await context())),
    linkRows: once(async () => linkRows().createLinkRows(await context())),
    systemItems: once(async () => systemItems().createSystemItems(await context())),
    secrets: once(async () => secrets().createSecretStore(await context())),
    apiKeys: once(async () => gateway().createGatewayKeys(await context())),
    topic: once(async () => sns().createSnsTopic(await context())),
    signer: once(async () => kms().createKmsSigner(await context())),
    alarms: once(async () => cloudwatch().createCloudwatchAlarms(await context())),
    workers: once(async () => workers().createLambdaWorkers(await context())),
    mailAccount: once(async () => ses().createSesMailAccount(await context())),
    caller: once(async () => sts().readCaller(await context())),
  };
}

const sqs = () => require('./sqs-queues') as typeof import('./sqs-queues');
const links = () => require('./dynamodb-links') as typeof import('./dynamodb-links');
const linkRows = () => require('./dynamodb-link-rows') as typeof import('./dynamodb-link-rows');
const systemItems = () => require('./dynamodb-system-items') as typeof import('./dynamodb-system-items');
const secrets = () => require('./secrets-manager') as typeof import('./secrets-manager');
const gateway = () => require('./gateway-keys') as typeof import('./gateway-keys');
const sns = () => require('./sns-topic') as typeof import('./sns-topic');
const cloudwatch = () => require('./cloudwatch-alarms') as typeof import('./cloudwatch-alarms');
const kms = () => require('./kms-signer') as typeof import('./kms-signer');
const workers = () => require('./lambda-workers') as typeof import('./lambda-workers');
const ses = () => require('./ses-mail-account') as typeof import('./ses-mail-account');
const sts = () => require('./sts-caller') as typeof import('./sts-caller');
