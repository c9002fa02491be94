import { CliError } from '../../cli/cli-error';
import { type ApiKeyDeps, rotateApiKey } from '../../cli/rotate/api-key';
import type { LookAtActions } from '../../cli/rotate/refuse-too-early';
import { rotateSigningSecret, type SigningSecretDeps } from '../../cli/rotate/signing-secret';
import { parseKeys, type SigningKey, verifyWithKeyRing } from '../../events/key-ring';
import { sign } from '../../events/signature';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, surroundings } from './helpers/deps';

const DAY_MS = 24 * 60 * 60_000;
const OLD = 'cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';
const OTHER = OLD.replace('cHVu', 'dHVu');

/** What the tenant tells of the Actions. */
const actions = (hasSecrets: boolean) => async () => [
  {
    ...{ name: 'our-action', issuer: 'actions' as const, isOffered: true, isMissing: false },
    ...{ isWell: hasSecrets, hasSecrets, words: 'differs in secrets' },
  },
];
const nobodyMayLook = () =>
  Promise.reject(new CliError('no-client-credentials', 'AUTH0_CLIENT_ID is not set', 'See docs'));
const neverLooks = () => Promise.reject(new Error('It looked'));

const beginSecret = (deps: SigningSecretDeps) =>
  rotateSigningSecret({ finish: false, yes: false }, deps, neverLooks);
const finishSecret = (deps: SigningSecretDeps, look = actions(true)) =>
  rotateSigningSecret({ finish: true, yes: false }, deps, look);
const beginKey = (deps: ApiKeyDeps) => rotateApiKey({ finish: false, yes: false }, deps, neverLooks);
const finishKey = (deps: ApiKeyDeps, look = actions(true)) =>
  rotateApiKey({ finish: true, yes: false }, deps, look);

/** What only the look at the Actions would use. */
const unasked = {
  environment: {},
  fetch: () => Promise.reject(new Error('not here')),
  secrets: () => Promise.reject(new Error('not here')),
  apiKeys: () => Promise.reject(new Error('not here')),
};

describe('the signing secret', () => {
  function setUp(text: string, now = NOW) {
    const state = { text, arns: new Set<string>() };
    const [screen, audit] = [aScreen(), anAudit()];
    const secrets = async () => ({
      read: async (arn: string) => {
        state.arns.add(arn);
        return state.text;
      },
      write: async (arn: string, written: string, before: string) => {
        state.arns.add(arn);
        expect(before).toBe(state.text);
        state.text = written;
      },
    });
    const deps = { ...surroundings(), ...screen, ...audit, ...unasked, secrets, now: () => now };
    return { deps, screen, audit, text: () => state.text, keys: () => parseKeys(state.text), state };
  }

  const signedWith = async ({ secret }: SigningKey, at = NOW) => {
    const content = { id: 'msg_1', timestampSeconds: at / 1000, body: '{}' };
    const { 'webhook-signature': signatures } = await sign(secret, content);
    return { ...content, signatures, acceptedAt: at };
  };
  const isBelieved = async (keys: readonly SigningKey[], key: SigningKey, at = NOW) =>
    (await verifyWithKeyRing({ actions: keys }, await signedWith(key, at))).ok;

  test('of the event stream is one of its own, in its secret, its words and its audit rows', async () => {
    const { deps, state, audit, screen, keys } = setUp(OLD);
    const issuer = 'event-stream' as const;
    const rotate = (finish: boolean, look: LookAtActions) =>
      rotateSigningSecret({ finish, yes: false, issuer }, deps, look);
    await rotate(false, neverLooks);
    expect(screen.text()).toContain('rotate signing-secret --issuer event-stream --finish');
    // That the Action of the sign-up is behind is nothing to this key.
    await rotate(true, actions(false));
    expect(keys().filter(({ notAfter }) => notAfter === undefined)).toHaveLength(1);
    expect([...state.arns]).toEqual(['stream-signing']);
    expect(audit.acts.map(({ subject }) => subject)).toEqual(['EventStreamSecret', 'EventStreamSecret']);
  });

  test('of the event stream is not ended while its Action has another', async () => {
    const { deps } = setUp(OLD);
    const issuer = 'event-stream' as const;
    await rotateSigningSecret({ finish: false, yes: false, issuer }, deps, neverLooks);
    const behind = async () => (await actions(false)()).map((action) => ({ ...action, issuer }));
    await expect(
      rotateSigningSecret({ finish: true, yes: false, issuer }, deps, behind),
    ).rejects.toMatchObject({
      code: 'actions-behind',
    });
  });

  test('gets a second key, and both are believed from the first moment', async () => {
    const { deps, keys, audit, screen } = setUp(OLD);
    await beginSecret(deps);
    const [fresh, old] = keys() as [SigningKey, SigningKey];
    expect(old).toEqual({ secret: OLD });
    expect(fresh).toMatchObject({ createdAt: NOW });
    // A clock that is behind ours must not make the new key one of the future.
    expect(await isBelieved(keys(), fresh, NOW - 60_000)).toBe(true);
    expect(await isBelieved(keys(), old)).toBe(true);
    expect(audit.acts).toEqual([
      { act: 'rotate signing-secret', subject: 'SigningSecret', outcome: 'done', counts: { created: 1 } },
    ]);
    for (const { secret } of keys()) expect(screen.text()).not.toContain(secret);
    expect(screen.text()).toContain('npx punctual rotate signing-secret --finish');
  });

  test('ends the old key for what comes, and still believes what it signed before', async () => {
    const { deps, keys } = setUp(OLD);
    await beginSecret(deps);
    await finishSecret({ ...deps, now: () => NOW + DAY_MS });
    const [fresh, old] = keys() as [SigningKey, SigningKey];
    expect(await isBelieved(keys(), old, NOW)).toBe(true);
    expect(await isBelieved(keys(), old, NOW + DAY_MS + 1_000)).toBe(false);
    expect(await isBelieved(keys(), fresh, NOW + 2 * DAY_MS)).toBe(true);
  });

  test('forgets keys that ended more than 30 days ago, and no younger one', async () => {
    const ended = (days: number) => ({ secret: OLD, notAfter: NOW - days * DAY_MS });
    const ring = [{ secret: OLD, createdAt: NOW }, { secret: OLD }, ended(29), ended(31)];
    const { deps, keys } = setUp(JSON.stringify({ keys: ring }));
    await finishSecret(deps);
    expect(keys()).toEqual([ring[0], { secret: OLD, notAfter: NOW }, ended(29)]);
  });

  test('rejects a second rotation before the first is finished', async () => {
    const { deps } = setUp(OLD);
    await beginSecret(deps);
    await expect(beginSecret(deps)).rejects.toMatchObject({
      code: 'rotation-pending',
      exitCode: 1,
    });
  });

  test('rejects to finish what was not begun, and writes nothing', async () => {
    const { deps, keys, audit } = setUp(OLD);
    await expect(finishSecret(deps)).rejects.toMatchObject({
      code: 'nothing-to-finish',
    });
    expect(keys()).toEqual([{ secret: OLD }]);
    expect(audit.acts).toEqual([]);
  });

  test.each<[string, object[], string]>([
    ['nothing tells which of two is the newest', [{ secret: OLD }, { secret: OTHER }], 'keys-alike'],
    [
      'two were made at the same moment',
      [{ secret: OLD, createdAt: NOW }, { secret: OTHER, createdAt: NOW }, { secret: OLD }],
      'keys-alike',
    ],
    [
      'the other one is laid in for tomorrow',
      [{ secret: OLD }, { secret: OTHER, notBefore: NOW + DAY_MS }],
      'nothing-to-finish',
    ],
  ])('rejects to end a key where %s', async (_, ring, code) => {
    const text = JSON.stringify({ keys: ring });
    const { deps, audit, keys } = setUp(text);
    await expect(finishSecret(deps, neverLooks)).rejects.toMatchObject({ code, exitCode: 1 });
    expect([keys(), audit.acts]).toEqual([parseKeys(text), []]);
  });

  test('a key that is laid in for later is left alone, and no reason not to rotate', async () => {
    const later = { secret: OTHER, notBefore: NOW + DAY_MS, notAfter: NOW + 2 * DAY_MS };
    const { deps, keys } = setUp(JSON.stringify({ keys: [{ secret: OLD }, later] }));
    expect((await beginSecret(deps)).json).toEqual({ keys: 3, signing: 2 });
    await finishSecret(deps);
    expect(keys().slice(1)).toEqual([{ secret: OLD, notAfter: NOW }, later]);
  });

  test('what people noted beside the keys and in them stays', async () => {
    const noted = { secret: OLD, owner: 'identity' };
    const { deps, text } = setUp(JSON.stringify({ keys: [noted], note: 'see the wiki' }));
    await beginSecret(deps);
    await finishSecret(deps);
    expect(JSON.parse(text())).toMatchObject({
      note: 'see the wiki',
      keys: [{ createdAt: NOW }, { ...noted, notAfter: NOW }],
    });
  });

  test('says how old the key is that it ends, and the one that stays', async () => {
    const ring = [
      { secret: OTHER, createdAt: NOW - 5 * 60_000 },
      { secret: OLD, createdAt: NOW - 40 * DAY_MS },
    ];
    const { deps, screen } = setUp(JSON.stringify({ keys: ring }));
    await finishSecret(deps);
    expect(screen.lines[0]).toBe('Ended 1 key (40d old). The newest (made 5m ago) signs alone.');
    expect(screen.lines.every((line) => line.length <= 80)).toBe(true);
  });

  test('is not written when that cannot be noted', async () => {
    const { deps, keys } = setUp(OLD);
    const unnoted = { ...deps, ...anAudit({ isUnavailable: true }) };
    await expect(beginSecret(unnoted)).rejects.toThrow();
    expect(keys()).toEqual([{ secret: OLD }]);
  });
});

describe('the API key', () => {
  function setUp(...enabled: boolean[]) {
    const keys = enabled.map((isOn, index) => ({ id: `key${index}`, enabled: isOn, createdAt: NOW + index }));
    const [screen, audit] = [aScreen(), anAudit()];
    const apiKeys = async () => ({
      ofPlan: async () => [...keys].sort((one, other) => other.createdAt - one.createdAt),
      value: async () => 'a value nobody may see',
      create: async (plan: string, name: string) => {
        expect([plan, name]).toEqual(['plan1', 'UserProvisioning-prod-EventApi-2026-11-20']);
        const key = { id: 'fresh', enabled: true, createdAt: NOW + 100 };
        keys.push(key);
        return key;
      },
      disable: async (id: string) => {
        const at = keys.findIndex((key) => key.id === id);
        keys.splice(at, 1, { ...(keys[at] as (typeof keys)[number]), enabled: false });
      },
    });
    const enabledIds = () => keys.filter((key) => key.enabled).map(({ id }) => id);
    const deps = { ...surroundings(), ...screen, ...audit, ...unasked, apiKeys };
    return { deps, screen, audit, enabledIds };
  }

  test('gets a second one in the usage plan, which is named by its id alone', async () => {
    const { deps, enabledIds, screen, audit } = setUp(true);
    await beginKey(deps);
    expect(enabledIds()).toEqual(['key0', 'fresh']);
    expect(screen.text()).toContain('fresh');
    expect(screen.text()).not.toContain('a value nobody may see');
    expect(audit.acts).toEqual([
      expect.objectContaining({ act: 'rotate api-key', subject: 'plan1', outcome: 'done' }),
    ]);
  });

  test('is alone again after --finish, the newest of them', async () => {
    const { deps, enabledIds, audit } = setUp(true, true, false);
    await finishKey(deps);
    expect(enabledIds()).toEqual(['key1']);
    expect(audit.acts).toEqual([expect.objectContaining({ subject: 'key0', counts: { disabled: 1 } })]);
  });

  test('rejects a third key', async () => {
    await expect(beginKey(setUp(true, true).deps)).rejects.toMatchObject({
      code: 'rotation-pending',
    });
  });

  test('rejects to disable the only one', async () => {
    const { deps, enabledIds } = setUp(false, true);
    await expect(finishKey(deps)).rejects.toMatchObject({ code: 'nothing-to-finish' });
    expect(enabledIds()).toEqual(['key1']);
  });
});

describe.each([
  {
    command: 'rotate signing-secret --finish',
    setUp() {
      const written: string[] = [];
      const keys = [{ secret: OTHER, createdAt: NOW }, { secret: OLD }];
      const secrets = async () => ({
        read: async () => JSON.stringify({ keys }),
        write: async (_: string, text: string) => void written.push(text),
      });
      const deps = { ...surroundings(), ...aScreen(), ...anAudit(), ...unasked, secrets };
      const finish = (yes: boolean, look: ReturnType<typeof actions>) =>
        rotateSigningSecret({ finish: true, yes }, deps, look);
      return { finish, ended: () => written.length };
    },
  },
  {
    command: 'rotate api-key --finish',
    setUp() {
      const disabled: string[] = [];
      const keys = ['new', 'old'].map((id, index) => ({
        id,
        enabled: true,
        createdAt: NOW - index * DAY_MS,
      }));
      const apiKeys = async () => ({
        ofPlan: async () => keys,
        value: async () => '',
        create: () => Promise.reject(new Error('not here')),
        disable: async (id: string) => void disabled.push(id),
      });
      const deps = { ...surroundings(), ...aScreen(), ...anAudit(), ...unasked, apiKeys };
      const finish = (yes: boolean, look: ReturnType<typeof actions>) =>
        rotateApiKey({ finish: true, yes }, deps, look);
      return { finish, ended: () => disabled.length };
    },
  },
])('$command', ({ command, setUp }) => {
  test('ends the old key once the Actions have the newest', async () => {
    const { finish, ended } = setUp();
    await finish(false, actions(true));
    expect(ended()).toBe(1);
  });

  test('fails and ends nothing while the Actions have another', async () => {
    const { finish, ended } = setUp();
    await expect(finish(false, actions(false))).rejects.toMatchObject({
      code: 'actions-behind',
      exitCode: 1,
      message: 'No key was ended: our-action differs in secrets',
      hint: expect.stringContaining('npx punctual actions deploy'),
    });
    expect(ended()).toBe(0);
  });

  test('fails and ends nothing where nobody may look at the Actions, and says how to do it anyway', async () => {
    const { finish, ended } = setUp();
    await expect(finish(false, nobodyMayLook)).rejects.toMatchObject({
      code: 'no-client-credentials',
      hint: expect.stringContaining(`npx punctual ${command} --yes`),
    });
    expect(ended()).toBe(0);
  });

  test('fails and ends nothing when the look fails in another way', async () => {
    const { finish, ended } = setUp();
    const unreachable = () => Promise.reject(new CliError('unreachable', 'No answer'));
    await expect(finish(false, unreachable)).rejects.toMatchObject({ code: 'unreachable' });
    expect(ended()).toBe(0);
  });

  test('does not look with --yes', async () => {
    const { finish, ended } = setUp();
    await finish(true, neverLooks);
    expect(ended()).toBe(1);
  });
});
