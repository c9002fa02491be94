import type { ActionHealth } from '../../cli/actions/check-actions';
import { readStatusSecrets } from '../../cli/actions/status-secrets';
import { rotateLoginSecrets } from '../../cli/rotate/login-secrets';
import type { ReturnToken } from '../../events/login-tokens';
import { signToken } from '../../lambdas/status/tokens/sign-token';
import { createTokenSecrets } from '../../lambdas/status/tokens/token-secrets';
import { verifyToken } from '../../lambdas/status/tokens/verify-token';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, outputs, surroundings } from './helpers/deps';

const [STATUS, RETURN] = ['S'.repeat(44), 'R'.repeat(44)];
const MINUTE_MS = 60_000;
const aReturn = (at: number) =>
  ({ purpose: 'return', sub: 'auth0|1', exp: Math.floor(at / 1000) + 60 }) as unknown as ReturnToken;

function setUp({ hasSecrets = true } = {}) {
  const texts = new Map([
    ['status-arn', STATUS],
    ['return-arn', RETURN],
  ]);
  const [screen, audit] = [aScreen(), anAudit()];
  const clock = { now: NOW };
  const failing = { arn: '' };
  const secrets = async () => ({
    read: async (arn: string) => texts.get(arn) ?? '',
    write: async (arn: string, written: string) => {
      if (arn === failing.arn) throw new Error('down');
      texts.set(arn, written);
    },
  });
  const page = { StatusPageUrl: 'https://page/', TenantOrigins: 'https://acme.eu.auth0.com' };
  const values = { StatusSecretArn: 'status-arn', ReturnSecretArn: 'return-arn', ...page };
  const own = { outputs: async () => outputs(values), secrets, now: () => clock.now };
  const deps = { ...surroundings(), ...screen, ...audit, ...own };
  const health: ActionHealth = {
    ...{ name: 'punctual-post-login', isWell: false, isOffered: true, isMissing: false },
    ...{ hasSecrets, words: 'differs in secrets' },
  };
  const rotate = (finish = false) =>
    rotateLoginSecrets({ finish, yes: false }, deps as never, async () => [health]);
  /** What the Action is given by a deployment. */
  const deploy = () => readStatusSecrets(deps);
  /** The secrets of the page, as it knows them now. */
  const pageSecrets = (arn: string) => {
    const read = async () => ({ text: texts.get(arn) ?? '', readAt: 0 });
    return createTokenSecrets({ read, reread: read }, arn, () => clock.now);
  };
  /** Whether the Action believes what the page signs. */
  const isBelieved = async ({ RETURN_SECRET = '' }) => {
    const token = await signToken(aReturn(clock.now), pageSecrets('return-arn'));
    const ends = RETURN_SECRET.split(' ').map((one) => verifyToken(token, async () => [one], clock.now));
    return (await Promise.all(ends)).some(({ ok }) => ok);
  };
  /** Whether the page believes what the Action signs. */
  const isLetIn = async ({ STATUS_SECRET = '' }) => {
    const token = await signToken({ ...aReturn(clock.now), purpose: 'status' } as never, async () => [
      STATUS_SECRET,
    ]);
    return (await verifyToken(token, pageSecrets('status-arn'), clock.now)).ok;
  };
  return { rotate, deploy, isBelieved, isLetIn, texts, clock, failing, screen, audit };
}

test('at every moment of a rotation the page and the Action believe each other, whichever was deployed last', async () => {
  const { rotate, deploy, isBelieved, isLetIn, clock, texts } = setUp();
  const believe = async (...deployed: Awaited<ReturnType<typeof deploy>>[]) => {
    for (const secrets of deployed)
      expect([await isBelieved(secrets), await isLetIn(secrets)]).toEqual([true, true]);
  };
  const first = await deploy();
  await believe(first);
  await rotate();
  const both = await deploy();
  await believe(first, both);
  clock.now += MINUTE_MS;
  await rotate(true);
  await believe(first, both);
  clock.now += 11 * MINUTE_MS;
  const last = await deploy();
  await believe(both, last);
  // The first ones are worth nothing any more.
  expect([await isBelieved(first), await isLetIn(first)]).toEqual([false, false]);
  expect(JSON.stringify(last)).not.toMatch(/S{44}|R{44}/);
  expect(texts.size).toBe(2);
});

test('fails to end keys that the Action does not have yet, and where nothing was begun', async () => {
  const { rotate, texts, clock } = setUp({ hasSecrets: false });
  await expect(rotate(true)).rejects.toMatchObject({ code: 'nothing-to-finish', exitCode: 1 });
  await rotate();
  clock.now += MINUTE_MS;
  const before = [...texts.values()];
  await expect(rotate(true)).rejects.toMatchObject({ code: 'actions-behind', exitCode: 1 });
  expect([...texts.values()]).toEqual(before);
});

test('goes on where one of the two got its key and the other did not, and rejects a second rotation', async () => {
  const { rotate, failing, audit, texts } = setUp();
  failing.arn = 'return-arn';
  await expect(rotate()).rejects.toThrow('down');
  failing.arn = '';
  expect((await rotate()).json).toEqual({ added: ['ReturnSecret'] });
  await expect(rotate()).rejects.toMatchObject({ code: 'rotation-pending' });
  expect([...texts.values()].map((text) => JSON.parse(text).keys.length)).toEqual([2, 2]);
  expect(audit.acts.map(({ act, subject, outcome }) => [act, subject, outcome])).toEqual([
    ['rotate login-secrets', 'StatusSecret', 'done'],
    ['rotate login-secrets', 'ReturnSecret', 'failed'],
    ['rotate login-secrets', 'ReturnSecret', 'done'],
  ]);
});
