import { createGatewayKeys } from '../../../cli/aws/gateway-keys';
import { ApiKeys } from '../../../local/api-gateway/api-keys';
import { createApigatewayService } from '../../../local/aws/apigateway/apigateway-service';
import { AwsError } from '../../../local/aws/aws-error';
import { type AwsAtHand, awsAtHand } from '../helpers/aws-at-hand';
import { NOW } from '../helpers/deps';

let aws: AwsAtHand;
let keys: ApiKeys;

beforeEach(async () => {
  const clock = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };
  keys = new ApiKeys();
  keys.addKey({ id: 'first', enabled: true, value: 'v'.repeat(20), createdAt: NOW - 60_000 });
  keys.addPlan({ id: 'plan', stages: [], throttle: undefined, quota: undefined });
  keys.addMember('plan', 'first');
  aws = await awsAtHand(createApigatewayService(keys, clock));
});
afterEach(() => aws.close());

const create = () => createGatewayKeys(aws.context).create('plan', 'a name');
const refuse = (...operations: string[]) => {
  aws.before = ({ operation }) => {
    if (operations.includes(operation)) throw new AwsError('AccessDeniedException', 'No.', 403);
  };
};

test('a new key is in the plan', async () => {
  const { id } = await create();
  expect(keys.membersOf('plan')).toEqual(['first', id]);
});

test('fails when the key does not get into the plan, and leaves no key behind', async () => {
  refuse('CreateUsagePlanKey');
  await expect(create()).rejects.toMatchObject({ code: 'access-denied' });
  expect(keys.all().map(({ id }) => id)).toEqual(['first']);
});

test('fails with the id of the key that it could not take back either', async () => {
  refuse('CreateUsagePlanKey', 'DeleteApiKey');
  const error = await create().catch((failure) => failure);
  const [, orphan] = keys.all();
  expect(error).toMatchObject({
    code: 'access-denied',
    hint: expect.stringContaining(`aws apigateway delete-api-key --api-key ${orphan?.id}`),
  });
});
