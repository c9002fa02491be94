import { createSecretStore } from '../../../cli/aws/secrets-manager';
import { AwsError } from '../../../local/aws/aws-error';
import { createSecretsService } from '../../../local/aws/secrets/secrets-service';
import { type AwsAtHand, awsAtHand } from '../helpers/aws-at-hand';
import { NOW } from '../helpers/deps';

let aws: AwsAtHand;
let arn: string;

beforeEach(async () => {
  const clock = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };
  aws = await awsAtHand(createSecretsService(clock));
  arn = (await aws.call<{ ARN: string }>('CreateSecret', { Name: 'signing', SecretString: 'first' })).ARN;
});
afterEach(() => aws.close());

const store = () => createSecretStore(aws.context);
const stored = async (VersionStage = 'AWSCURRENT') =>
  (await aws.call<{ SecretString: string }>('GetSecretValue', { SecretId: arn, VersionStage })).SecretString;

/** Somebody else writes once, right before a call of ours. */
function meanwhile(operation: string, SecretString: string): void {
  aws.before = async (call) => {
    if (call.operation !== operation) return;
    aws.before = () => undefined;
    await aws.call('PutSecretValue', { SecretId: arn, SecretString });
  };
}

test('a new value is the current one, and the one before it the previous', async () => {
  await store().write(arn, 'second', 'first');
  await store().write(arn, 'third', 'second');
  expect([await store().read(arn), await stored('AWSPREVIOUS')]).toEqual(['third', 'second']);
});

test.each(['GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'])(
  'fails when somebody else wrote right before %s, and theirs stays',
  async (operation) => {
    meanwhile(operation, 'theirs');
    await expect(store().write(arn, 'ours', 'first')).rejects.toMatchObject({ code: 'secret-changed' });
    expect(await stored()).toBe('theirs');
  },
);

test('of two who write at the same moment one fails, and what counts is what the other wrote', async () => {
  const both = await Promise.allSettled(
    ['one', 'other'].map(async (text) => {
      await store().write(arn, text, 'first');
      return text;
    }),
  );
  const done = both.flatMap((ended) => (ended.status === 'fulfilled' ? [ended.value] : []));
  expect(done).toEqual([await stored()]);
});

test('is not called changed when only the answer to our own move was lost', async () => {
  aws.before = async ({ operation, input }) => {
    if (operation !== 'UpdateSecretVersionStage') return;
    aws.before = () => undefined;
    await aws.call(operation, input);
    throw new AwsError('InvalidParameterException', 'The label is there already.');
  };
  await store().write(arn, 'ours', 'first');
  expect(await stored()).toBe('ours');
});
