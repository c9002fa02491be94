import { checkActions } from '../../../cli/actions/check-actions';
import { deployActions } from '../../../cli/actions/deploy';
import { diffActions } from '../../../cli/actions/diff';
import { removeActions } from '../../../cli/actions/remove';
import { ATenant, aBuiltAction, DOMAIN, NAME, STREAM_ACTION, TRIGGER } from './helpers/a-tenant';

let tenant: ATenant;

beforeEach(async () => {
  tenant = await new ATenant().start();
});
afterEach(() => tenant.close());

const FOREIGN = ['Greet by mail', 'Count registrations'];
const deploy = (built = aBuiltAction()) =>
  deployActions({ dryRun: false, adopt: false }, tenant.deps, [built]);
const diff = (built = aBuiltAction()) => diffActions(tenant.deps, [built]);
const remove = (dryRun = false) => removeActions({ dryRun }, tenant.deps);
const health = async (built = aBuiltAction()) => (await checkActions(tenant.deps, [built]))[0];

/** Calls that could have changed something. */
const writes = () => tenant.calls.filter((call) => !/^GET |oauth/.test(call));

describe('diff', () => {
  test('ends with 1 and names the drift before the first deploy, and with 0 after it', async () => {
    expect(await diff()).toMatchObject({ exitCode: 1, json: { drift: true, actions: [{ step: 'create' }] } });
    await deploy();
    tenant.calls.length = 0;
    expect(await diff()).toMatchObject({ exitCode: 0, json: { drift: false, actions: [{ step: 'none' }] } });
    expect(tenant.printed).toContain('No drift.');
    expect(writes()).toEqual([]);
  });

  test('says in what the tenant differs, and changes nothing', async () => {
    await deploy();
    tenant.apiKey = 'rotated';
    tenant.bind(tenant.bindingIds().slice(0, 2));
    tenant.calls.length = 0;
    tenant.printed.length = 0;
    const { exitCode, json } = await diff(aBuiltAction('exports.newer = 1;\n'));
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({
      actions: [{ step: 'update', differences: ['code', 'secrets'], bindings: { before: FOREIGN } }],
    });
    expect(tenant.printed.slice(1, 3)).toEqual([
      expect.stringMatching(/^~ update punctual-post-user-registration: code, secrets/),
      `+ bind to ${TRIGGER}, at the end`,
    ]);
    expect(tenant.printed.at(-1)).toBe('Drift. npx punctual actions deploy mends it');
    expect(writes()).toEqual([]);
    expect(tenant.leaks(json)).toEqual([]);
  });

  test('an Action that the deploy CLI of Auth0 brought differs in its secrets, which nobody can compare', async () => {
    const { code } = aBuiltAction();
    const secrets = ['EVENT_API_URL', 'EVENT_API_KEY', 'EVENT_SIGNING_SECRET'].map((name) => ({
      name,
      value: 'v',
    }));
    const supported = [{ id: TRIGGER, version: 'v2' }];
    const { id } = tenant.state.create({ name: NAME, code, secrets, supported_triggers: supported });
    while (tenant.state.look(id).status !== 'built');
    expect((await diff()).json).toMatchObject({ actions: [{ step: 'update', differences: ['secrets'] }] });
  });

  test('somebody else’s Action of our name is drift too', async () => {
    tenant.addAction(NAME);
    expect(await diff()).toMatchObject({ exitCode: 1, json: { actions: [{ step: 'foreign' }] } });
  });
});

/** Nobody deployed it here. */
const LOGIN_ACTION = 'punctual-post-login';
const NO_OTHERS = ['punctual-mfa', LOGIN_ACTION, STREAM_ACTION].map((name) => ({ name, step: 'none' }));

describe('remove', () => {
  test('takes out ours and leaves everything else as it is', async () => {
    const before = tenant.foreign();
    await deploy();
    const { json } = await remove();
    expect(json).toMatchObject({ changed: true, actions: [{ name: NAME, step: 'delete' }, ...NO_OTHERS] });
    expect(tenant.ours()).toBeUndefined();
    expect(tenant.bindings()).toEqual(FOREIGN);
    expect(tenant.foreign()).toBe(before);
    expect(tenant.audited.slice(-2)).toEqual([
      { act: 'actions remove', subject: DOMAIN },
      { outcome: 'done', counts: { removed: 1 } },
    ]);
  });

  test('takes out every place of ours, wherever it is', async () => {
    await deploy();
    const id = tenant.ours()?.id ?? '';
    const [first = '', second = ''] = tenant.bindingIds();
    tenant.bind([id, first, id, second]);
    await remove();
    expect(tenant.bindings()).toEqual(FOREIGN);
  });

  test('a dry run shows what it would do and changes nothing', async () => {
    await deploy();
    tenant.calls.length = 0;
    tenant.printed.length = 0;
    expect((await remove(true)).json).toMatchObject({ dryRun: true, changed: false });
    expect(tenant.printed.map((line) => line.trimEnd())).toEqual([
      DOMAIN,
      `- unbind from ${TRIGGER}`,
      `- delete ${NAME}`,
      '',
      `Bindings of ${TRIGGER}`,
      '   before                           after',
      '1  Greet by mail                    Greet by mail',
      '2  Count registrations              Count registrations',
      `3  ${NAME}`,
      '',
      '= not there punctual-mfa',
      '',
      `= not there ${LOGIN_ACTION}`,
      '',
      `= not there ${STREAM_ACTION}`,
      '',
      'Nothing was changed. To do it: npx punctual actions remove',
    ]);
    expect(writes()).toEqual([]);
  });

  test('a second time there is nothing of ours', async () => {
    await deploy();
    await remove();
    tenant.audited.length = 0;
    expect((await remove()).json).toMatchObject({
      changed: false,
      actions: [{ step: 'none' }, ...NO_OTHERS],
    });
    expect(tenant.printed).toContain('There is nothing of ours.');
    expect(tenant.audited).toEqual([]);
  });

  test('leaves an Action of our name that is not ours alone', async () => {
    tenant.addAction(NAME);
    expect((await remove()).json).toMatchObject({
      changed: false,
      actions: [{ step: 'foreign' }, ...NO_OTHERS],
    });
    expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
  });

  test('leaves the Action of another stack alone', async () => {
    await deploy();
    tenant.stackName = 'UserProvisioning-prod';
    expect((await remove()).json).toMatchObject({
      changed: false,
      actions: [{ step: 'foreign' }, ...NO_OTHERS],
    });
    expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
    expect(await health()).toMatchObject({
      isWell: false,
      words: 'is there, but is of the stack UserProvisioning-dev',
    });
  });

  test('fails without the scope delete:actions, and the next run goes on', async () => {
    await deploy();
    tenant.scopes = tenant.scopes.filter((scope) => scope !== 'delete:actions');
    await expect(remove()).rejects.toMatchObject({
      code: 'missing-scope',
      message: 'The application lacks the scope delete:actions',
    });
    tenant.scopes = [...tenant.scopes, 'delete:actions'];
    await remove();
    expect(tenant.ours()).toBeUndefined();
  });

  test('needs no secret of the stack', async () => {
    await deploy();
    tenant.signingSecret = 'unusable';
    await remove();
    expect(tenant.ours()).toBeUndefined();
  });
});

describe('what the doctor hears', () => {
  test.each([
    ['is not in the tenant', false, async () => undefined],
    [`is deployed and bound to ${TRIGGER}`, true, deploy],
    [
      `is not bound to ${TRIGGER}`,
      false,
      async () => {
        await deploy();
        tenant.bind([]);
      },
    ],
    [
      `is bound to ${TRIGGER} more than once`,
      false,
      async () => {
        await deploy();
        tenant.bind([tenant.ours()?.id ?? '', ...tenant.bindingIds()]);
      },
    ],
    ['is there, but is not ours', false, async () => tenant.addAction(NAME)],
    ['differs in code', false, () => deploy(aBuiltAction('exports.older = 1;\n'))],
  ])('an Action %s', async (words, isWell, given) => {
    await given();
    expect(await health()).toEqual({
      ...{ name: NAME, issuer: 'actions', isOffered: true },
      isWell,
      isMissing: words === 'is not in the tenant',
      hasSecrets: !/not in the tenant|not ours/.test(words),
      words,
    });
  });

  test('an Action that runs with other keys than the newest, until it is deployed again', async () => {
    await deploy();
    tenant.apiKey = 'rotated';
    expect(await health()).toMatchObject({ hasSecrets: false, words: 'differs in secrets' });
    tenant.stop.abort();
    await deploy().catch(() => undefined);
    // The draft has the newest; what runs has not.
    expect(await health()).toMatchObject({ hasSecrets: false });
    Object.assign(tenant, { stop: new AbortController() });
    await deploy();
    expect(await health()).toMatchObject({ hasSecrets: true, isWell: true });
  });

  test('an Action that was built and not deployed', async () => {
    tenant.stop.abort();
    await deploy().catch(() => undefined);
    expect(await health()).toMatchObject({ isWell: false, words: 'is not deployed' });
  });
});
