import { openTenant } from '../../../cli/actions/open-tenant';
import { NO_USERS } from '../../../local/auth0/management-api/user-routes';
import { ATenant } from './helpers/a-tenant';

let tenant: ATenant;
const users = new Map<string, object>();

beforeEach(async () => {
  tenant = await new ATenant().start();
  users.clear();
  const find = (id: string) => users.get(id);
  tenant.state.users = { ...NO_USERS, find, remove: (id) => void users.delete(id) };
});
afterEach(() => tenant.close());

test.each(['auth0|1', 'samlp|idp|ada+x@example.com', 'a/b?c#d%2F', 'oauth2|ü 1'])(
  'the profile of %j is read and deleted, and is gone then',
  async (id) => {
    users.set(id, { user_id: id, created_at: '2026-11-20T09:00:00.000Z' });
    users.set('other', {});
    const opened = await openTenant(tenant.deps);
    expect(await opened.user(id)).toMatchObject({ user_id: id });
    await opened.removeUser(id);
    expect(await opened.user(id)).toBeUndefined();
    expect([...users.keys()]).toEqual(['other']);
    await expect(opened.removeUser(id)).resolves.toBeUndefined();
  },
);

test('rejects without the scope, and names it', async () => {
  tenant.scopes = ['read:users'];
  const opened = await openTenant(tenant.deps);
  expect(await opened.user('auth0|1')).toBeUndefined();
  await expect(opened.removeUser('auth0|1')).rejects.toMatchObject({
    code: 'missing-scope',
    message: expect.stringContaining('delete:users'),
  });
});

test('an error of the tenant is no missing profile, and does not repeat the id', async () => {
  tenant.answerOnce('GET /users/auth0%7C1', 400);
  const opened = await openTenant(tenant.deps, ['auth0|1']);
  const error = await opened.user('auth0|1').catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'auth0-refused' });
  expect(String(error)).not.toContain('auth0|1');
});
