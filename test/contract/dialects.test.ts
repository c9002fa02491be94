import { DIALECTS, type Dialect } from '../../lambdas/connectors/scim/dialect';
import { SCIM_RULES } from '../../lib/connectors/mapping-rules-of';
import { anAccountRequest } from '../helpers/account-request';
import { aLife } from './helpers/a-life';
import { type ScimSubject, startScim } from './helpers/scim-subject';
import type { Fault } from './helpers/subject';

const { rfc } = DIALECTS;
const BY_USER_ID = SCIM_RULES.map((rule) => (rule.to === 'userName' ? { ...rule, from: ['user_id'] } : rule));

/** Every dialect that has a name, and each single setting by itself. */
const SPOKEN: Readonly<Record<string, Dialect>> = {
  ...DIALECTS,
  'operations without a path': { ...rfc, patch: 'without-path' },
  'whole accounts only': { ...rfc, patch: 'put' },
  'searches by user name': { ...rfc, filter: ['userName'] },
  'True and False': { ...rfc, booleans: 'True' },
  'true and false': { ...rfc, booleans: 'true', patch: 'without-path' },
  'plain JSON': { ...rfc, mediaType: 'application/json', patch: 'put' },
  'pages of two': { ...rfc, maxResults: 2 },
};

const ONCE: readonly Fault[] = [
  { fault: 'timeout-after', times: 1 },
  { fault: 'throttled', times: 1 },
];

describe.each(Object.entries(SPOKEN))('a server that speaks %s', (_, dialect) => {
  const rules = dialect.filter === 'any' ? SCIM_RULES : BY_USER_ID;
  let subject: ScimSubject;
  beforeAll(async () => {
    subject = await startScim(dialect, rules);
  }, 30_000);
  afterAll(() => subject?.stop());
  afterEach(() => subject.heal());

  test.each([undefined, ...ONCE])(
    'has one account all through the life of a user, with %j in every step',
    async (fault) => {
      const life = aLife(subject);
      const email = `${life.userId.slice(6)}@example.com`;
      const step = async (act: () => Promise<unknown>) => {
        if (fault !== undefined) await subject.fail(fault);
        await act();
        await subject.heal();
        return life.accounts();
      };
      expect(await step(() => life.tell('user.registered', { name: 'Ada', given_name: 'Ada' }))).toEqual([
        { email, active: true },
      ]);
      const { accountId } = life.link();
      expect(
        await step(() => life.tell('user.updated', { email: 'moved@example.com', given_name: '' })),
      ).toEqual([{ email: 'moved@example.com', active: true }]);
      expect(await step(() => life.tell('user.blocked', { email: 'moved@example.com' }))).toEqual([
        { email: 'moved@example.com', active: false },
      ]);
      expect(await step(() => life.tell('user.unblocked', { email: 'moved@example.com' }))).toEqual([
        { email: 'moved@example.com', active: true },
      ]);
      expect(life.link()).toMatchObject({ state: 'linked', ownership: 'created', accountId });
      await step(() => life.tell('user.deleted'));
      expect(await step(life.leave)).toEqual([]);
      expect(life.link().state).toBe('deprovisioned');
    },
  );

  const ready = async (user: object) => {
    const request = anAccountRequest(user, { rules });
    await subject.connector.create(request);
    const found = await subject.connector.find(request);
    if (found.kind !== 'one') throw new Error(`found ${found.kind}`);
    return { request, account: found.account };
  };

  test('is sent nothing for an account that shows what is wanted', async () => {
    const { request, account } = await ready({ user_id: 'auth0|same', email: 'same@example.com' });
    await subject.fail({ fault: 'server-error', operation: 'PATCH' });
    await subject.fail({ fault: 'server-error', operation: 'PUT' });
    expect(await subject.connector.change(account, request)).toBe('unchanged');
    expect(await subject.connector.setActive(account, true)).toBe('unchanged');
  });

  test('keeps what others say of an account', async () => {
    const user = { user_id: 'auth0|shared', name: 'Ada', given_name: 'Ada', family_name: 'Lovelace' };
    const { account } = await ready({ ...user, email: 'shared@example.com' });
    await subject.edit(account.accountId, { title: 'Countess', nickName: 'Al' });
    const changed = anAccountRequest({ ...user, email: 'moved@example.com', given_name: '' }, { rules });
    expect(await subject.connector.change(account, changed)).toBe('changed');
    const read = await subject.connector.read(account.accountId, changed);
    expect(read).toMatchObject({
      account: { snapshot: { title: 'Countess', nickName: 'Al', displayName: 'Ada' } },
    });
    const { name, emails } = (read as { account: { snapshot: Record<string, object> } }).account.snapshot;
    expect(name).toMatchObject({ familyName: 'Lovelace' });
    expect(name).not.toHaveProperty('givenName', 'Ada');
    expect(emails).toMatchObject([{ value: 'moved@example.com' }]);
  });
});
