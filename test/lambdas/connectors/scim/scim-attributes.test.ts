import { join } from 'node:path';
import { DIALECTS } from '../../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../../lambdas/connectors/scim/scim-connector';
import { toScimUser } from '../../../../lambdas/connectors/scim/scim-mapping';
import { differences } from '../../../../lambdas/connectors/scim/scim-patch';
import { callHttp } from '../../../../lambdas/runtime/http';
import { SCIM_RULES } from '../../../../lib/connectors/mapping-rules-of';
import { bundleWorker } from '../../../../local/remotes/bundle-worker';
import { type RemoteSystem, startRemoteSystem } from '../../../../local/remotes/remote-system';
import { anAccountRequest } from '../../../helpers/account-request';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const RULES = [
  ...SCIM_RULES,
  { to: 'title', from: ['job'], text: true as const },
  { to: 'phoneNumbers', from: ['phone'], text: true as const },
  { to: `${ENTERPRISE}:department`, from: ['dept'], text: true as const },
  { to: `${ENTERPRISE}:manager.value`, from: ['boss'], text: true as const },
];
const request = (fields: object) => anAccountRequest({ username: 'ada', ...fields }, { rules: RULES });
const WHOLE = { job: 'Analyst', phone: '+44 1', dept: 'Engines', boss: 'b-1', email: 'ada@example.com' };

const resource = {
  ...{ id: 'a1', externalId: 'acme/dev/auth0|1', userName: 'ada', displayName: 'ada', title: 'Analyst' },
  emails: [{ value: 'ada@example.com', primary: true }],
  phoneNumbers: [{ value: '+44 1' }],
  [ENTERPRISE]: { department: 'Engines', manager: { value: 'b-1' } },
};

test('an account is made with its extension named', () => {
  expect(toScimUser(request(WHOLE), DIALECTS.rfc)).toMatchObject({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    title: 'Analyst',
    phoneNumbers: [{ value: '+44 1', primary: true }],
    [ENTERPRISE]: { department: 'Engines', manager: { value: 'b-1' } },
  });
});

test('nothing differs in an account that shows it all', () => {
  expect(differences(resource, request(WHOLE), DIALECTS.rfc)).toEqual([]);
});

test('an attribute that became empty is removed, and one that the account does not show is not', () => {
  const emptied = request({ ...WHOLE, job: null, dept: '', phone: null });
  expect(differences({ ...resource, phoneNumbers: [] }, emptied, DIALECTS.rfc)).toEqual([
    { op: 'remove', path: 'title' },
    { op: 'remove', path: `${ENTERPRISE}:department` },
  ]);
});

test.each([[undefined], [null], ['broken'], [7], [[]], [[null]]])(
  'what a server shows may be anything: emails and an extension of %j',
  (odd) => {
    const shown = { ...resource, emails: odd, [ENTERPRISE]: odd };
    expect(differences(shown, request(WHOLE), DIALECTS.rfc).map(({ path }) => path)).toEqual([
      ...['emails', `${ENTERPRISE}:department`, `${ENTERPRISE}:manager.value`],
    ]);
    expect(
      differences(shown, request({ ...WHOLE, email: '', dept: null, boss: null }), DIALECTS.rfc),
    ).toEqual([]);
  },
);

test('of several addresses the one of the user alone goes', () => {
  const others = [{ value: 'home@example.com', type: 'home' }];
  const emails = [...others, { value: 'ada@example.com', primary: true }];
  const gone = request({ ...WHOLE, email: '' });
  expect(differences({ ...resource, emails }, gone, DIALECTS.rfc)).toEqual([
    { op: 'replace', path: 'emails', value: others },
  ]);
  expect(differences(resource, gone, DIALECTS.rfc)).toEqual([{ op: 'remove', path: 'emails' }]);
});

describe('a server of somebody else', () => {
  let crm: RemoteSystem;
  beforeAll(async () => {
    const code = await bundleWorker(join(__dirname, '../../../../local/remotes/scim.worker.ts'));
    crm = await startRemoteSystem(code, { name: 'crm', path: '/scim/v2', token: 'secret' }, 0, () => {});
  }, 30_000);
  afterAll(() => crm?.stop());

  test('takes what we set, change and clear', async () => {
    const deps = { token: async () => 'secret', http: callHttp, timeoutMs: 5_000, now: Date.now };
    const connector = createScimConnector({ baseUrl: crm.url, dialect: DIALECTS.rfc, ...deps });
    const created = await connector.create(request(WHOLE));
    const accountId = created.kind === 'created' ? created.accountId : '';
    const account = async () => {
      const found = await connector.read(accountId, request(WHOLE));
      if (found.kind !== 'one') throw new Error('There is no account.');
      return found.account;
    };
    expect(await account()).toMatchObject({
      snapshot: {
        ...{ title: 'Analyst', phoneNumbers: [{ value: '+44 1' }] },
        [ENTERPRISE]: { department: 'Engines', manager: { value: 'b-1' } },
      },
    });
    const next = request({ ...WHOLE, job: 'Countess', phone: null, dept: 'Looms', email: 'new@example.com' });
    expect(await connector.change(await account(), next)).toBe('changed');
    expect(await account()).toMatchObject({
      snapshot: {
        ...{ title: 'Countess', emails: [{ value: 'new@example.com' }] },
        [ENTERPRISE]: { department: 'Looms' },
      },
    });
    expect((await account()).snapshot).not.toHaveProperty('phoneNumbers');
    expect(await connector.change(await account(), request({ ...WHOLE, job: null, dept: null }))).toBe(
      'changed',
    );
    const { snapshot } = await account();
    expect(snapshot).not.toHaveProperty('title');
    expect(snapshot).toMatchObject({ [ENTERPRISE]: { manager: { value: 'b-1' } } });
    expect(snapshot).not.toHaveProperty([ENTERPRISE, 'department']);
  });
});
