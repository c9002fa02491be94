import { decodeJwt } from 'jose';
import { TenantRoles } from '../../../local/auth0/tenant-roles';
import { TenantUsers } from '../../../local/auth0/tenant-users';
import { aPerson, heard } from './helpers/a-person';
import { type ATenant, aTenant } from './helpers/a-tenant';

let tenant: ATenant | undefined;
afterEach(() => tenant?.stop());

const CONNECTION = { id: 'con_1', name: 'google-oauth2', strategy: 'google-oauth2' };
const ADA = { connection: CONNECTION, user: { user_id: 'google-oauth2|1', email: 'ada@example.com' } };

test('Actions see the roles that a person has now, by their names', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://acme.com/roles', event.authorization.roles);
    };`,
  ]);
  const { roles } = tenant.people;
  roles.add({ id: 'rol_1', name: 'editor' });
  const rolesIn = async () => {
    const ada = aPerson(tenant as ATenant);
    const end = await ada.comeBy('google-oauth2', 'ada@example.com');
    const { body } = await ada.tokens(end);
    expect(heard(end)).toHaveProperty('code');
    return decodeJwt(body.id_token ?? '')['https://acme.com/roles'];
  };
  expect(await rolesIn()).toEqual([]);
  const [user] = tenant.people.users.list();
  roles.give(user?.user_id ?? '', ['rol_1', 'rol_unknown']);
  expect(await rolesIn()).toEqual(['editor']);
});

test('who comes back under the same id after a deletion has none of the roles from before', () => {
  let now = 0;
  const users = new TenantUsers(() => now++);
  const roles = new TenantRoles(users);
  roles.add({ id: 'rol_1', name: 'editor' });
  roles.add({ id: 'rol_2', name: 'admin' });
  users.signUp(ADA);
  roles.give('google-oauth2|1', ['rol_1', 'rol_2']);
  roles.take('google-oauth2|1', ['rol_2']);
  expect(roles.of('google-oauth2|1')).toEqual([{ id: 'rol_1', name: 'editor' }]);
  users.remove('google-oauth2|1');
  roles.give('google-oauth2|1', ['rol_1']);
  users.signUp(ADA);
  expect(roles.of('google-oauth2|1')).toEqual([]);
});
