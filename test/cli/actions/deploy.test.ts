import { ACTION_RUNTIME } from '../../../auth0-actions/actions';
import { buildActions } from '../../../auth0-actions/bundle';
import { type DeployArgs, deployActions } from '../../../cli/actions/deploy';
import { someSettings } from '../../auth0-actions/helpers/some-settings';
import { ATenant, aBuiltAction, DOMAIN, NAME, SIGNING_KEY, TRIGGER } from './helpers/a-tenant';

let tenant: ATenant;

beforeEach(async () => {
  tenant = await new ATenant().start();
});
afterEach(() => tenant.close());

const deploy = (args: Partial<DeployArgs> = {}, built = aBuiltAction()) =>
  deployActions({ dryRun: false, adopt: false, ...args }, tenant.deps, [built]);

const FOREIGN = ['Greet by mail', 'Count registrations'];

test('makes, builds, deploys and binds the Action with all its secrets', async () => {
  const { json } = await deploy();
  const ours = tenant.ours();
  expect(ours).toMatchObject({
    status: 'built',
    versions: [{ number: 1, deployed: true, runtime: ACTION_RUNTIME }],
  });
  expect(ours?.draft.secrets.map(({ name, value }) => [name, value])).toEqual([
    ['EVENT_API_URL', 'https://abc.execute-api.eu-central-1.amazonaws.com/v1/'],
    ['EVENT_API_KEY', 'api-key-value'],
    ['EVENT_SIGNING_SECRET', `whsec_${SIGNING_KEY}`],
  ]);
  expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
  expect(json).toMatchObject({
    tenant: DOMAIN,
    changed: true,
    changes: [{ name: NAME, version: 1, bound: true }],
  });
});

test('the real bundle is taken too, and stays far below the limit', async () => {
  const [built] = await buildActions(someSettings(), tenant.now);
  if (built === undefined) throw new Error('There is no Action');
  await deploy({}, built);
  expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
});

test('leaves what is not ours as it is: Actions, bindings, their ids and their order', async () => {
  const before = tenant.foreign();
  await deploy();
  expect(tenant.foreign()).toBe(before);
  await deploy({}, aBuiltAction('exports.changed = 1;\n'));
  expect(tenant.foreign()).toBe(before);
});

test('a second time there is nothing to do, and nothing is written', async () => {
  await deploy();
  tenant.calls.length = 0;
  tenant.printed.length = 0;
  tenant.audited.length = 0;
  const { json } = await deploy();
  expect(json).toMatchObject({ changed: false, changes: [] });
  expect(tenant.printed).toContain('Nothing to do.');
  expect(tenant.calls.filter((call) => !call.startsWith('GET'))).toEqual(['POST /oauth/token']);
  expect(tenant.audited).toEqual([]);
});

test('a dry run shows the plan and changes nothing', async () => {
  const before = JSON.stringify(tenant.state.list());
  const { json } = await deploy({ dryRun: true });
  expect(tenant.printed.map((line) => line.trimEnd())).toEqual([
    DOMAIN,
    expect.stringMatching(/^\+ create punctual-post-user-registration \(\d+ bytes, node22, 3 secrets\)$/),
    `+ bind to ${TRIGGER}, at the end`,
    '',
    `Bindings of ${TRIGGER}`,
    '   before               after',
    '1  Greet by mail        Greet by mail',
    '2  Count registrations  Count registrations',
    `3                       ${NAME}`,
    '',
    'Nothing was changed. To do it: npx punctual actions deploy',
  ]);
  expect(json).toMatchObject({
    dryRun: true,
    changed: false,
    actions: [{ step: 'create', bindings: { before: FOREIGN, after: [...FOREIGN, NAME] } }],
  });
  expect(JSON.stringify(tenant.state.list())).toBe(before);
  expect(tenant.calls.filter((call) => !call.startsWith('GET'))).toEqual(['POST /oauth/token']);
  expect(tenant.audited).toEqual([]);
});

describe('an Action that is there is changed only where it differs', () => {
  beforeEach(() => deploy());

  const changed = async (why: string) => {
    tenant.calls.length = 0;
    const { json } = await deploy();
    expect(json).toMatchObject({ changed: true, actions: [{ step: 'update', differences: [why] }] });
    // Bound it was already.
    expect(tenant.calls).not.toContain(`PATCH /actions/triggers/${TRIGGER}/bindings`);
    expect((await deploy()).json).toMatchObject({ changed: false });
  };
  const edit = (content: object) => {
    const ours = tenant.ours();
    tenant.state.update(ours?.id ?? '', content);
    while (tenant.state.look(ours?.id ?? '').status !== 'built');
  };

  test('in its code', async () => {
    edit({ code: (tenant.ours()?.draft.code ?? '').replace('async', 'async ') });
    await changed('code');
  });

  test('in its runtime', async () => {
    edit({ runtime: 'node18-actions' });
    await changed('runtime');
  });

  test('in its dependencies', async () => {
    edit({ dependencies: [{ name: 'lodash', version: '4.17.21' }] });
    await changed('dependencies');
  });

  test('in its secrets: another API key', async () => {
    tenant.apiKey = 'another-key';
    await changed('secrets');
    expect(tenant.ours()?.draft.secrets[1]?.value).toBe('another-key');
  });

  test('in its secrets: a newer signing key', async () => {
    const keys = [{ secret: SIGNING_KEY.replace('c2', 'd2'), createdAt: 2 }, { secret: SIGNING_KEY }];
    tenant.signingSecret = JSON.stringify({ keys });
    await changed('secrets');
    expect(tenant.ours()?.versions.at(-1)?.secrets[2]?.value).toBe(`whsec_${keys[0]?.secret}`);
  });

  test('in its secrets: the address of another stack', async () => {
    tenant.values.EventApiUrl = 'https://other.execute-api.eu-central-1.amazonaws.com/v1/';
    await changed('secrets');
  });

  test('in its secrets: one more, or one too few', async () => {
    edit({ secrets: [{ name: 'EVENT_API_URL', value: 'https://x.example/' }] });
    await changed('secrets');
  });

  test('in its secrets: one that was edited by hand later than the others', async () => {
    const secrets = tenant.ours()?.draft.secrets ?? [];
    Object.assign(secrets[0] ?? {}, { updatedAt: '2026-11-20T11:00:00Z' });
    await changed('secrets');
  });
});

test('what an earlier run left half done is finished', async () => {
  tenant.stop.abort();
  await expect(deploy()).rejects.toMatchObject({ code: 'stopped', exitCode: 1 });
  expect(tenant.ours()?.versions).toEqual([]);
  expect(tenant.audited.at(-1)).toMatchObject({ outcome: 'stopped' });
  Object.assign(tenant, { stop: new AbortController() });
  expect((await deploy()).json).toMatchObject({ changed: true, actions: [{ step: 'deploy' }] });
  expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
});

test('an Action that was unbound by hand is bound again, and not built again', async () => {
  await deploy();
  tenant.bind(tenant.bindingIds().slice(0, 2));
  const before = tenant.foreign();
  expect((await deploy()).json).toMatchObject({ actions: [{ step: 'none' }], changes: [{ bound: true }] });
  expect(tenant.ours()?.versions).toHaveLength(1);
  expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
  expect(tenant.foreign()).toBe(before);
});

test('an Action that was moved and renamed in its trigger stays there', async () => {
  await deploy();
  const { id } = tenant.ours() ?? { id: '' };
  const [first = '', second = ''] = tenant.bindingIds();
  tenant.state.bind(TRIGGER, [
    { ref: { type: 'action_id', value: id }, display_name: 'Tell Punctual' },
    ...[first, second].map((value) => ({ ref: { type: 'binding_id' as const, value } })),
  ]);
  expect((await deploy()).json).toMatchObject({ changed: false });
  expect(tenant.bindings()).toEqual(['Tell Punctual', ...FOREIGN]);
});

test('writes one audit row about the tenant, with counts', async () => {
  await deploy();
  expect(tenant.audited).toEqual([
    { act: 'actions deploy', subject: DOMAIN },
    { outcome: 'done', counts: { created: 1, updated: 0, bound: 1 } },
  ]);
});

describe('an Action of our name that is not ours', () => {
  test('is not overwritten, and the error says what to do', async () => {
    tenant.addAction(NAME);
    await expect(deploy()).rejects.toMatchObject({
      code: 'foreign-action',
      hint: expect.stringContaining('--adopt'),
    });
    expect(tenant.ours()?.draft.code).toBe('exports.x = 1;');
    expect(tenant.audited).toEqual([]);
  });

  test('is overwritten with --adopt, and keeps its place', async () => {
    const id = tenant.addAction(NAME, { bind: false });
    tenant.bind([id, ...tenant.bindingIds()]);
    const before = tenant.foreign();
    await deploy({ adopt: true });
    expect(tenant.ours()).toMatchObject({ id, draft: { runtime: 'node22' } });
    expect(tenant.ours()?.draft.code).toContain('/* Punctual: ');
    expect(tenant.bindings()).toEqual([NAME, ...FOREIGN]);
    expect(tenant.foreign()).toBe(before);
  });

  test('is not overwritten when it is of another stack in the same tenant, unless that is meant', async () => {
    await deploy();
    const before = JSON.stringify(tenant.state.list());
    const theirs = tenant.signingSecret;
    Object.assign(tenant, { stackName: 'UserProvisioning-prod', signingSecret: theirs.replace('c2', 'd2') });
    await expect(deploy()).rejects.toMatchObject({
      code: 'foreign-action',
      message: `${DOMAIN} has an Action ${NAME} that is of the stack UserProvisioning-dev`,
      hint: expect.stringContaining('--adopt'),
    });
    expect(JSON.stringify(tenant.state.list())).toBe(before);
    expect((await deploy({ adopt: true })).json).toMatchObject({ changed: true });
    Object.assign(tenant, { stackName: 'UserProvisioning-dev', signingSecret: theirs });
    await expect(deploy()).rejects.toMatchObject({ code: 'foreign-action' });
  });

  test('fails even with --adopt when it is of another trigger', async () => {
    tenant.addAction(NAME, { trigger: 'post-login' });
    await expect(deploy({ adopt: true })).rejects.toMatchObject({ code: 'foreign-action' });
  });
});

describe('somebody else changes the bindings at the same moment', () => {
  const PATCH = `PATCH /actions/triggers/${TRIGGER}/bindings`;
  const once = (when: string, act: () => void) => {
    let calls = 0;
    tenant.beforeCall = (call) => {
      if (call === when && ++calls === 1) act();
    };
  };

  test('fails, and does not write over the change, when a list was written anew', async () => {
    once(PATCH, () => {
      const added = tenant.addAction('Added meanwhile', { bind: false });
      const ids = tenant.state.bindingsOf(TRIGGER).map(({ actionId }) => actionId);
      tenant.bind([...ids, added]);
    });
    await expect(deploy()).rejects.toMatchObject({ code: 'bindings-changed' });
    expect(tenant.bindings()).toEqual([...FOREIGN, 'Added meanwhile']);
    tenant.beforeCall = () => undefined;
    await deploy();
    expect(tenant.bindings()).toEqual([...FOREIGN, 'Added meanwhile', NAME]);
  });

  test('cannot see a binding that was added and left all others as they are: the limit of the interface', async () => {
    once(PATCH, () => {
      const added = tenant.addAction('Added meanwhile', { bind: false });
      tenant.bind([...tenant.bindingIds(), added]);
    });
    await deploy();
    expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
    // Whoever misses theirs finds what the list was made of.
    expect(tenant.printed).toContain(`    after:  ${[...FOREIGN, NAME].join(', ')}`);
  });

  test('keeps a binding that was added while Auth0 made the command wait', async () => {
    once(PATCH, () => {
      const added = tenant.addAction('Added meanwhile', { bind: false });
      tenant.bind([...tenant.bindingIds(), added]);
      tenant.answerOnce(PATCH, 429);
    });
    await deploy();
    expect(tenant.bindings()).toEqual([...FOREIGN, 'Added meanwhile', NAME]);
    expect(tenant.waits).toContain(2000);
  });

  test('fails when the list is another one right after it was written', async () => {
    let patched = false;
    tenant.beforeCall = (call) => {
      if (patched) tenant.bind(tenant.bindingIds().slice(0, 2));
      patched = call === PATCH;
    };
    await expect(deploy()).rejects.toMatchObject({ code: 'bindings-changed' });
  });
});

test('waits as long as Auth0 says after too many calls, and says so', async () => {
  await tenant.close();
  tenant = await new ATenant({ burst: 3 }).start();
  await deploy();
  expect(tenant.bindings()).toEqual([...FOREIGN, NAME]);
  expect(tenant.printed.join('\n')).toContain('Auth0 asks to wait 1 s');
  // None of its waits is longer than what the bucket needs for its next token, to the second.
  expect(Math.max(...tenant.waits)).toBeLessThanOrEqual(2000);
});

test('fails after two minutes when Auth0 does not get on with a build', async () => {
  tenant.beforeCall = (call) => {
    const ours = tenant.ours();
    if (ours !== undefined && call.startsWith('GET /actions/actions/')) ours.nextStages = ['building'];
  };
  await expect(deploy()).rejects.toMatchObject({ code: 'build-slow' });
  expect(tenant.waits.reduce((sum, wait) => sum + wait, 0)).toBe(59 * 2000);
});

test('fails when Auth0 cannot build it, and what ran before runs on', async () => {
  await deploy();
  tenant.state.failBuilds = 1;
  await expect(deploy({}, aBuiltAction('exports.broken = 1;\n'))).rejects.toMatchObject({
    code: 'build-failed',
  });
  expect(tenant.ours()?.versions).toHaveLength(1);
  expect(tenant.audited.at(-1)).toEqual({ outcome: 'failed', code: 'build-failed' });
  // The next run builds again.
  await deploy({}, aBuiltAction('exports.broken = 1;\n'));
  expect(tenant.ours()?.versions).toHaveLength(2);
});

test('no secret is ever seen: not on the screen, in JSON, in an audit row or in an error', async () => {
  const seen: unknown[] = [
    (await deploy({ dryRun: true })).json,
    (await deploy()).json,
    (await deploy()).json,
  ];
  tenant.state.failBuilds = 1;
  seen.push(await deploy({}, aBuiltAction('exports.other = 1;\n')).catch(all));
  tenant.beforeCall = (call) => {
    // Auth0 quotes what it refuses.
    if (call.startsWith('PATCH')) throw new Error(`Refused: "api-key-value", whsec_${SIGNING_KEY}`);
  };
  seen.push(await deploy({}, aBuiltAction('exports.third = 1;\n')).catch(all));
  expect(tenant.printed.length).toBeGreaterThan(10);
  expect(tenant.leaks(...seen)).toEqual([]);
  // The code is for everybody to read who may read Actions.
  const codes = tenant.ours()?.versions.map(({ code }) => code);
  expect(tenant.leaks(codes, tenant.ours()?.draft.code)).toEqual([]);
});

/** Everything that an error could tell. */
function all(error: Error): string {
  return `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
}
