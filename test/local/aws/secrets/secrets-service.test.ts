import { generateSecret } from '../../../../local/aws/secrets/generate-secret';
import { createSecretsService } from '../../../../local/aws/secrets/secrets-service';

const clock = { now: () => 1_000_000, scale: 1, startedAt: 0, realDelayMs: (ms: number) => ms };

async function aSecret(SecretString?: string) {
  const service = createSecretsService(clock);
  const call = async (operation: string, input: object = {}) =>
    (await service.handle(operation, { ...input })).json;
  const { ARN } = await call('CreateSecret', { Name: 'signing', SecretString });
  return { service, call, ARN };
}

test('a secret is found by ARN, by name, and by ARN without its random end', async () => {
  const { call, ARN } = await aSecret('s3cret');
  for (const SecretId of [ARN, 'signing', String(ARN).slice(0, -7)]) {
    expect(await call('GetSecretValue', { SecretId })).toMatchObject({
      ARN,
      Name: 'signing',
      SecretString: 's3cret',
    });
  }
});

test('a new value becomes the current one and the last one stays the previous', async () => {
  const { call, ARN: SecretId } = await aSecret('old');
  await call('PutSecretValue', { SecretId, SecretString: 'new' });
  expect(await call('GetSecretValue', { SecretId })).toMatchObject({
    SecretString: 'new',
    VersionStages: ['AWSCURRENT'],
  });
  const previous = await call('GetSecretValue', { SecretId, VersionStage: 'AWSPREVIOUS' });
  expect(previous).toMatchObject({ SecretString: 'old' });
  expect(await call('GetSecretValue', { SecretId, VersionId: previous.VersionId })).toMatchObject({
    SecretString: 'old',
  });
  const { VersionIdsToStages } = await call('DescribeSecret', { SecretId });
  expect(Object.values(VersionIdsToStages as object)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
});

test('a version that is put aside becomes the current one only for who names the one that was', async () => {
  const { call, ARN: SecretId } = await aSecret('old');
  const { VersionId: old } = await call('GetSecretValue', { SecretId });
  const aside = { SecretId, SecretString: 'new', VersionStages: ['ASIDE'] };
  const { VersionId: MoveToVersionId } = await call('PutSecretValue', aside);
  expect(await call('GetSecretValue', { SecretId })).toMatchObject({ SecretString: 'old' });
  const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId };
  for (const RemoveFromVersionId of [undefined, MoveToVersionId]) {
    await expect(call('UpdateSecretVersionStage', { ...move, RemoveFromVersionId })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  }
  await call('UpdateSecretVersionStage', { ...move, RemoveFromVersionId: old });
  expect(await call('GetSecretValue', { SecretId })).toMatchObject({
    SecretString: 'new',
    VersionStages: ['AWSCURRENT', 'ASIDE'],
  });
  const previous = await call('GetSecretValue', { SecretId, VersionStage: 'AWSPREVIOUS' });
  expect(previous).toMatchObject({ SecretString: 'old' });
});

test('lists hold names and never values', async () => {
  const { call } = await aSecret('s3cret');
  expect(JSON.stringify(await call('ListSecrets'))).not.toContain('s3cret');
});

test('rejects a secret that does not exist, one without value, a name that is taken, and what is not known', async () => {
  const { call, service } = await aSecret();
  await expect(call('GetSecretValue', { SecretId: 'other' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await expect(call('GetSecretValue', { SecretId: 'signing' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await expect(call('CreateSecret', { Name: 'signing' })).rejects.toMatchObject({
    code: 'ResourceExistsException',
  });
  await expect(service.handle('RotateSecret', {})).rejects.toThrow(/RotateSecret of secretsmanager/);
});

test('generated secrets follow their recipe', () => {
  expect(generateSecret({ PasswordLength: 44, ExcludePunctuation: true })).toMatch(/^[A-Za-z0-9]{44}$/);
  expect(generateSecret({})).toHaveLength(32);
  expect(generateSecret({ PasswordLength: 200, ExcludeCharacters: 'abc"@/\\' })).not.toMatch(/[abc"@/\\]/);
  expect(generateSecret({ PasswordLength: 4 })).toMatch(
    /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{4}$/,
  );
  const json = generateSecret({ SecretStringTemplate: '{"user":"app"}', GenerateStringKey: 'password' });
  expect(JSON.parse(json)).toEqual({ user: 'app', password: expect.stringMatching(/^.{32}$/) });
});

test('fails when a recipe leaves nothing to choose from', () => {
  const nothing = {
    ExcludeLowercase: true,
    ExcludeUppercase: true,
    ExcludeNumbers: true,
    ExcludePunctuation: true,
  };
  expect(() => generateSecret(nothing)).toThrow(expect.objectContaining({ code: 'secret-recipe' }));
  expect(() => generateSecret({ PasswordLength: 3 })).toThrow(
    expect.objectContaining({ code: 'secret-recipe' }),
  );
});

test('somebody is told of a secret with another current value', async () => {
  const changed = jest.fn();
  const service = createSecretsService(clock, changed);
  const call = async (operation: string, input: object) =>
    (await service.handle(operation, { ...input })).json;
  const { ARN } = await call('CreateSecret', { Name: 'signing', SecretString: 'old' });
  await call('GetSecretValue', { SecretId: 'signing' });
  expect(changed).not.toHaveBeenCalled();
  await call('PutSecretValue', { SecretId: 'signing', SecretString: 'new' });
  expect(changed.mock.calls).toEqual([[ARN]]);
});
