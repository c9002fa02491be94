import { rotateApiKey } from '../../cli/rotate/api-key';
import { rotateSigningSecret } from '../../cli/rotate/signing-secret';
import { parseKeys, type SigningKey, verifyWithKeyRing } from '../../events/key-ring';
import { sign } from '../../events/signature';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, surroundings } from './helpers/deps';

const DAY_MS = 24 * 60 * 60_000;
const OLD = 'cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';

describe('the signing secret', () => {
  function setUp(text: string, now = NOW) {
    const state = { text };
    const [screen, audit] = [aScreen(), anAudit()];
    const secrets = async () => ({
      read: async () => state.text,
      write: async (_: string, written: string) => {
        state.text = written;
      },
    });
    const deps = { ...surroundings(), ...screen, ...audit, secrets, now: () => now };
    return { deps, screen, audit, keys: () => parseKeys(state.text) };
  }

  const signedWith = async ({ secret }: SigningKey, at = NOW) => {
    const content = { id: 'msg_1', timestampSeconds: at / 1000, body: '{}' };
    const { 'webhook-signature': signatures } = await sign(secret, content);
    return { ...content, signatures, acceptedAt: at };
  };
  const isBelieved = async (keys: readonly SigningKey[], key: SigningKey, at = NOW) =>
    (await verifyWithKeyRing({ actions: keys }, await signedWith(key, at))).ok;

  test('gets a second key, and both are believed from the first moment', async () => {
    const { deps, keys, audit, screen } = setUp(OLD);
    await rotateSigningSecret({ finish: false }, deps);
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
    await rotateSigningSecret({ finish: false }, deps);
    await rotateSigningSecret({ finish: true }, { ...deps, now: () => NOW + DAY_MS });
    const [fresh, old] = keys() as [SigningKey, SigningKey];
    expect(await isBelieved(keys(), old, NOW)).toBe(true);
    expect(await isBelieved(keys(), old, NOW + DAY_MS + 1_000)).toBe(false);
    expect(await isBelieved(keys(), fresh, NOW + 2 * DAY_MS)).toBe(true);
  });

  test('forgets keys that ended more than 30 days ago, and no younger one', async () => {
    const ended = (days: number) => ({ secret: OLD, notAfter: NOW - days * DAY_MS });
    const ring = [{ secret: OLD, createdAt: NOW }, { secret: OLD }, ended(29), ended(31)];
    const { deps, keys } = setUp(JSON.stringify({ keys: ring }));
    await rotateSigningSecret({ finish: true }, deps);
    expect(keys()).toEqual([ring[0], { secret: OLD, notAfter: NOW }, ended(29)]);
  });

  test('rejects a second rotation before the first is finished', async () => {
    const { deps } = setUp(OLD);
    await rotateSigningSecret({ finish: false }, deps);
    await expect(rotateSigningSecret({ finish: false }, deps)).rejects.toMatchObject({
      code: 'rotation-pending',
      exitCode: 1,
    });
  });

  test('rejects to finish what was not begun, and writes nothing', async () => {
    const { deps, keys, audit } = setUp(OLD);
    await expect(rotateSigningSecret({ finish: true }, deps)).rejects.toMatchObject({
      code: 'nothing-to-finish',
    });
    expect(keys()).toEqual([{ secret: OLD }]);
    expect(audit.acts).toEqual([]);
  });

  test('is not written when that cannot be noted', async () => {
    const { deps, keys } = setUp(OLD);
    const unnoted = { ...deps, ...anAudit({ isUnavailable: true }) };
    await expect(rotateSigningSecret({ finish: false }, unnoted)).rejects.toThrow();
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
    return { deps: { ...surroundings(), ...screen, ...audit, apiKeys }, screen, audit, enabledIds };
  }

  test('gets a second one in the usage plan, which is named by its id alone', async () => {
    const { deps, enabledIds, screen, audit } = setUp(true);
    await rotateApiKey({ finish: false }, deps);
    expect(enabledIds()).toEqual(['key0', 'fresh']);
    expect(screen.text()).toContain('fresh');
    expect(screen.text()).not.toContain('a value nobody may see');
    expect(audit.acts).toEqual([
      expect.objectContaining({ act: 'rotate api-key', subject: 'plan1', outcome: 'done' }),
    ]);
  });

  test('is alone again after --finish, the newest of them', async () => {
    const { deps, enabledIds, audit } = setUp(true, true, false);
    await rotateApiKey({ finish: true }, deps);
    expect(enabledIds()).toEqual(['key1']);
    expect(audit.acts).toEqual([expect.objectContaining({ subject: 'key0', counts: { disabled: 1 } })]);
  });

  test('rejects a third key', async () => {
    await expect(rotateApiKey({ finish: false }, setUp(true, true).deps)).rejects.toMatchObject({
      code: 'rotation-pending',
    });
  });

  test('rejects to disable the only one', async () => {
    const { deps, enabledIds } = setUp(false, true);
    await expect(rotateApiKey({ finish: true }, deps)).rejects.toMatchObject({ code: 'nothing-to-finish' });
    expect(enabledIds()).toEqual(['key1']);
  });
});
