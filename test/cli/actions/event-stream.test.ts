import { checkActions } from '../../../cli/actions/check-actions';
import { type DeployArgs, deployActions } from '../../../cli/actions/deploy';
import { diffActions } from '../../../cli/actions/diff';
import { removeActions } from '../../../cli/actions/remove';
import { TRIGGERS } from '../../../local/auth0/management-api/triggers';
import {
  ATenant,
  aBuiltAction,
  aBuiltStreamAction,
  DOMAIN,
  NAME,
  SIGNING_KEY,
  STREAM_ACTION,
  STREAM_KEY,
} from './helpers/a-tenant';

let tenant: ATenant;
let warned: string[];

beforeEach(async () => {
  warned = [];
  tenant = await new ATenant().start();
});
afterEach(() => tenant.close());

const deps = () => {
  const { screen, ...others } = tenant.deps;
  const warn = (code: string) => void warned.push(code);
  return { ...others, screen: { ...screen, warn } };
};

const BUILT = [aBuiltAction(), aBuiltStreamAction()];
const EVENTS = ['user.created', 'user.updated', 'user.deleted'];

const deploy = (args: Partial<DeployArgs> = {}) =>
  deployActions({ dryRun: false, adopt: false, ...args }, deps(), BUILT);
const diff = () => diffActions(deps(), BUILT);
const remove = (dryRun = false) => removeActions({ dryRun }, deps());
const health = async () => (await checkActions(deps(), BUILT)).find(({ name }) => name === STREAM_ACTION);

const signingSecretOf = (name: string) =>
  tenant.ours(name)?.draft.secrets.find((secret) => secret.name === 'EVENT_SIGNING_SECRET')?.value;

const writes = () => tenant.calls.filter((call) => !/^GET|oauth/.test(call));

test('each Action gets the key of its issuer', async () => {
  await deploy();
  expect([signingSecretOf(NAME), signingSecretOf(STREAM_ACTION)]).toEqual([
    `whsec_${SIGNING_KEY}`,
    `whsec_${STREAM_KEY}`,
  ]);
});

test('the Action of the stream is bound to nothing, and the stream leads to it and is on', async () => {
  const before = tenant.foreign();
  const { json } = await deploy();
  expect(tenant.state.bindingsOf('event-stream')).toEqual([]);
  expect(tenant.streams()).toMatchObject([
    {
      ...{ status: 'enabled', eventTypes: EVENTS },
      destination: { type: 'action', configuration: { action_id: tenant.ours(STREAM_ACTION)?.id } },
    },
  ]);
  expect(tenant.foreign()).toBe(before);
  expect(json).toMatchObject({
    actions: [{ name: NAME }, { stream: { name: 'punctual-users', step: 'create' } }],
    changes: [{ name: NAME }, { name: STREAM_ACTION, version: 1, bound: true }],
  });
  expect(tenant.leaks(json)).toEqual([]);
});

test('a dry run shows the stream and makes nothing', async () => {
  await deploy({ dryRun: true });
  const lines = tenant.printed.map((line) => line.trimEnd());
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\+ create punctual-event-stream \(\d+ bytes, node22, 3 secrets\)$/),
      '+ create event stream punctual-users',
    ]),
  );
  expect(writes()).toEqual([]);
});

test('a second time there is nothing to do', async () => {
  await deploy();
  tenant.calls.length = 0;
  expect((await deploy()).json).toMatchObject({ changed: false, changes: [] });
  expect(tenant.printed).toContain(`= ${STREAM_ACTION}, deployed and behind its event stream`);
  expect(writes()).toEqual([]);
});

describe('a stream that is there', () => {
  beforeEach(() => deploy());
  const stream = () => tenant.streams()[0] ?? { id: '', status: '', eventTypes: [] };

  test('and was switched off, as Auth0 does after failures, is drift that deploy mends', async () => {
    tenant.state.streams.update(stream().id, { status: 'disabled' });
    expect(await diff()).toMatchObject({
      exitCode: 1,
      json: { drift: true, actions: [{}, { step: 'none', stream: { differences: ['switched off'] } }] },
    });
    expect(tenant.printed).toContain('~ change event stream punctual-users: switched off');
    expect(await health()).toMatchObject({
      isWell: false,
      words: 'is deployed, but its event stream punctual-users is switched off',
    });
    tenant.calls.length = 0;
    await deploy();
    expect(stream().status).toBe('enabled');
    // The Action is as it was, and where a stream leads cannot be changed.
    expect(writes()).toEqual([`PATCH /event-streams/${stream().id}`]);
    expect(await diff()).toMatchObject({ exitCode: 0 });
  });

  test('and lacks one of our events gets it, and keeps what somebody added', async () => {
    const subscriptions = [
      { event_type: 'organization.created' as const },
      { event_type: 'user.created' as const },
    ];
    tenant.state.streams.update(stream().id, { subscriptions });
    expect(await health()).toMatchObject({ isWell: false });
    await deploy();
    expect(stream().eventTypes).toEqual(['organization.created', ...EVENTS]);
    expect((await deploy()).json).toMatchObject({ changed: false });
  });

  test('and was renamed stays ours', async () => {
    tenant.state.streams.update(stream().id, { name: 'to Punctual' });
    expect((await deploy()).json).toMatchObject({ changed: false });
    await remove();
    expect(tenant.state.streams.list().map(({ name }) => name)).toEqual(['warehouse']);
  });

  test('and was deleted by hand is made again, and its Action is not built again', async () => {
    tenant.state.streams.remove(stream().id);
    expect(await health()).toMatchObject({ words: 'is deployed, but has no event stream punctual-users' });
    await deploy();
    expect(tenant.streams()).toHaveLength(1);
    expect(tenant.ours(STREAM_ACTION)?.versions).toHaveLength(1);
  });

  test('is well as the doctor sees it', async () => {
    expect(await health()).toMatchObject({
      ...{ isWell: true, isOffered: true, hasSecrets: true, issuer: 'event-stream' },
      words: 'is deployed, and its event stream punctual-users is on',
    });
  });

  test('is deleted before its Action, and those of others stay', async () => {
    const before = tenant.foreign();
    const { id } = stream();
    const actionId = tenant.ours(STREAM_ACTION)?.id;
    await remove(true);
    expect(tenant.printed).toContain('- delete event stream punctual-users');
    expect(tenant.streams()).toHaveLength(1);
    tenant.calls.length = 0;
    await remove();
    expect(writes().slice(-2)).toEqual([
      `DELETE /event-streams/${id}`,
      `DELETE /actions/actions/${actionId}`,
    ]);
    expect([tenant.streams(), tenant.ours(), tenant.ours(STREAM_ACTION)]).toEqual([[], undefined, undefined]);
    expect(tenant.foreign()).toBe(before);
  });
});

test('fails, and changes nothing, where a stream of our name leads elsewhere', async () => {
  const configuration = {
    webhook_endpoint: 'https://elsewhere.example.com/',
    webhook_authorization: { method: 'bearer' as const },
  };
  tenant.state.streams.create({ name: 'punctual-users', destination: { type: 'webhook', configuration } });
  const before = JSON.stringify([tenant.state.list(), tenant.state.streams.list()]);
  await expect(deploy()).rejects.toMatchObject({ code: 'foreign-stream' });
  await expect(deploy({ adopt: true })).rejects.toMatchObject({ code: 'foreign-stream' });
  expect(await diff()).toMatchObject({ exitCode: 1 });
  expect(JSON.stringify([tenant.state.list(), tenant.state.streams.list()])).toBe(before);
});

describe('a tenant without event streams', () => {
  const leftOut = async () => {
    const { json } = await deploy();
    expect(json).toMatchObject({
      changed: true,
      actions: [{ step: 'create' }, { name: STREAM_ACTION, step: 'unavailable' }],
      changes: [{ name: NAME, bound: true }],
    });
    expect(warned).toEqual(['no-event-streams']);
    expect(tenant.bindings()).toContain(NAME);
    expect(tenant.ours(STREAM_ACTION)).toBeUndefined();
    expect(await diff()).toMatchObject({ exitCode: 0, json: { drift: false } });
    expect(await health()).toMatchObject({ isWell: true, isOffered: false });
    await remove();
    expect(tenant.ours()).toBeUndefined();
  };

  test('has no such trigger: the Action of the sign-up is deployed, with a warning', async () => {
    await tenant.close();
    const triggers = TRIGGERS.filter(({ id }) => id !== 'event-stream');
    tenant = await new ATenant({ triggers }).start();
    await leftOut();
  });

  test.each([403, 404])('or answers %i: the same', async (status) => {
    tenant.beforeCall = (call) => {
      if (call === 'GET /event-streams') tenant.answerOnce(call, status);
    };
    await leftOut();
  });
});

describe('fails', () => {
  test.each(['read', 'create'])('without the scope to %s event streams, and names it', async (verb) => {
    tenant.scopes = tenant.scopes.filter((scope) => scope !== `${verb}:event_streams`);
    await expect(deploy()).rejects.toMatchObject({
      code: 'missing-scope',
      message: `The application lacks the scope ${verb}:event_streams`,
    });
  });

  test('without the scopes to change and to delete them, and names them', async () => {
    await deploy();
    const [stream] = tenant.streams();
    tenant.state.streams.update(stream?.id ?? '', { status: 'disabled' });
    tenant.scopes = tenant.scopes.filter((scope) => !/^(update|delete):event/.test(scope));
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining('update:event_streams'),
    });
    await expect(remove()).rejects.toMatchObject({
      message: expect.stringContaining('delete:event_streams'),
    });
    expect(tenant.ours(STREAM_ACTION)).toBeDefined();
  });

  test('when the plan has no further stream, after everything else was brought there', async () => {
    for (const name of ['a', 'b', 'c']) {
      const configuration = { aws_account_id: '123456789012', aws_region: 'eu-central-1' };
      tenant.state.streams.create({ name, destination: { type: 'eventbridge', configuration } });
    }
    await expect(deploy()).rejects.toMatchObject({
      code: 'stream-limit',
      message: `${DOMAIN} takes no further event stream: A tenant takes 4 event streams`,
    });
    expect(tenant.bindings()).toContain(NAME);
    tenant.state.streams.remove(tenant.state.streams.list().at(-1)?.id ?? '');
    expect((await deploy()).json).toMatchObject({ changes: [{ name: STREAM_ACTION, bound: true }] });
  });
});
