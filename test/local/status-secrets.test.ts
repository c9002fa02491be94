import type { LocalRun } from '../../local/local-run';
import { statusSecretsOf } from '../../local/status-secrets';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const TENANT = 'http://127.0.0.1:4601';
const STACK = {
  StatusPageUrl: 'http://127.0.0.1:4602/',
  StatusSecretArn: 'arn:status',
  ReturnSecretArn: 'arn:return',
};

/** A run in which secrets have these values. */
const runOf = (values: Readonly<Record<string, string>>) =>
  ({
    clock: { now: () => NOW },
    frontDoor: {
      call: async ({ input }: { input: { SecretId: string } }) => ({ SecretString: values[input.SecretId] }),
    },
  }) as unknown as LocalRun;

test('the Action is given the address of the page, the keys that are good and the origin of the tenant', async () => {
  const [plain, older, newer] = ['p', 'o', 'n'].map((letter) => letter.repeat(32));
  const keys = [
    { secret: older, createdAt: NOW - 2_000 },
    { secret: newer, createdAt: NOW - 1_000 },
  ];
  const run = runOf({ 'arn:status': plain ?? '', 'arn:return': JSON.stringify({ keys }) });
  expect(await statusSecretsOf(run, STACK, TENANT)).toEqual({
    ...{ STATUS_URL: 'http://127.0.0.1:4602/', STATUS_SECRET: plain, RETURN_SECRET: `${newer} ${older}` },
    TENANT_ORIGINS: TENANT,
  });
});

test.each(Object.keys(STACK))('it is given nothing of a stack without the output %s', async (name) => {
  const { [name as keyof typeof STACK]: _, ...others } = STACK;
  expect(await statusSecretsOf(runOf({}), others, TENANT)).toEqual({});
});
