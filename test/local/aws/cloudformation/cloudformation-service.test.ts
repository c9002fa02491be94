import { createCloudformationService } from '../../../../local/aws/cloudformation/cloudformation-service';
import { writeQuery } from '../../../../local/aws/protocol/query-protocol';
import { createStsService } from '../../../../local/aws/sts/sts-service';

const stack = createCloudformationService(() => ({
  name: 'Dev',
  createdAt: Date.parse('2026-11-20T10:00:00Z'),
  outputs: { Url: 'http://x/?a=1&b=2' },
}));

test('the stack tells its state and its outputs, to the SDK as XML', async () => {
  const output = await stack.handle('DescribeStacks', { StackName: 'Dev' });
  expect(output.json).toMatchObject({ Stacks: [{ StackName: 'Dev', StackStatus: 'CREATE_COMPLETE' }] });
  const { body } = writeQuery('DescribeStacks', output, { method: 'POST', headers: {}, body: '' });
  expect(body).toContain(
    '<Outputs><member><OutputKey>Url</OutputKey><OutputValue>http://x/?a=1&#38;b=2</OutputValue></member></Outputs>',
  );
  expect(body).toContain('<Stacks><member><StackId>arn:aws:cloudformation:');
});

test('the stack is found by its ARN, and without a name', async () => {
  const { json } = await stack.handle('DescribeStacks', {});
  const [{ StackId }] = json.Stacks as [{ StackId: string }];
  expect((await stack.handle('DescribeStacks', { StackName: StackId })).json).toEqual(json);
});

test('rejects another stack as AWS does', async () => {
  await expect(stack.handle('DescribeStacks', { StackName: 'Prod' })).rejects.toMatchObject({
    code: 'ValidationError',
    message: 'Stack with id Prod does not exist',
  });
});

const keys = { accessKeyId: 'LKIA', secretAccessKey: 'secret' };
const sts = createStsService({
  takeOn: (role) => (role.endsWith(':role/search') ? keys : undefined),
  now: () => Date.parse('2026-11-20T10:00:00Z'),
});

test('a role that is not of the template can be taken on, and any other cannot', async () => {
  const assume = (name: string) =>
    sts.handle('AssumeRole', { RoleArn: `arn:aws:iam::000000000000:role/${name}` }, 'operator');
  expect((await assume('search')).json).toMatchObject({
    Credentials: { AccessKeyId: 'LKIA', SecretAccessKey: 'secret', Expiration: '2026-11-20T11:00:00.000Z' },
  });
  await expect(assume('Worker')).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('rejects every other operation by its name', async () => {
  await expect(stack.handle('DeleteStack', {})).rejects.toThrow(
    'does not support DeleteStack of cloudformation',
  );
  await expect(sts.handle('GetSessionToken', {}, 'operator')).rejects.toThrow('GetSessionToken of sts');
});

test('who calls is told by ARN', async () => {
  const { json } = await sts.handle('GetCallerIdentity', {}, 'operator');
  expect(json).toMatchObject({ Arn: 'arn:aws:iam::000000000000:role/operator', Account: '000000000000' });
});
