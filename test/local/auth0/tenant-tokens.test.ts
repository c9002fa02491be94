import { authorizeRoute } from '../../../local/api-gateway/v2/jwt/authorize-route';
import { createIssuerKeys, fetchJsonFrom } from '../../../local/api-gateway/v2/jwt/issuer-keys';
import { localAddress } from '../../../local/functions/instance/outside-world';
import { API, type ATenant, aTenant, DOMAIN } from './helpers/a-tenant';

let tenant: ATenant;
beforeAll(async () => {
  tenant = await aTenant();
});
afterAll(() => tenant.stop());

const aToken = async (scope: string) => {
  const { client_id, secret: client_secret } = tenant.service;
  const answer = await fetch(`${tenant.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id, client_secret },
      ...{ audience: API, scope },
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
};

/** As the template has it: nothing in it knows that the tenant is a stand-in. */
const authorize = async (token: string, audience: string) => {
  const origins = { [`https://${DOMAIN}`]: tenant.url };
  const keysOf = createIssuerKeys({ now: Date.now }, (url) =>
    fetchJsonFrom(url, (address) => localAddress(address, origins)),
  );
  const source = { place: 'header', name: 'Authorization' } as const;
  const authorizer = { id: 'jwt', issuer: `https://${DOMAIN}/`, audiences: [audience], source };
  const request = { headers: { authorization: `Bearer ${token}` }, rawQuery: '' };
  return authorizeRoute({ authorizer, scopes: ['admin'] }, request, keysOf, { now: Date.now });
};

test('the authorizer of the template takes the tokens of the tenant that stands in', async () => {
  await expect(authorize(await aToken('admin'), API)).resolves.toMatchObject({
    claims: { iss: `https://${DOMAIN}/` },
    scopes: expect.arrayContaining(['admin']),
  });
});

test('rejects one for another audience', async () => {
  await expect(authorize(await aToken('admin'), 'https://elsewhere')).rejects.toMatchObject({
    type: 'UNAUTHORIZED',
  });
});
