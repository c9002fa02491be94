import type { Seen } from '../../helpers/a-browser';
import { type APerson, aPerson, heard, postToken } from './helpers/a-person';
import { type ATenant, aTenant } from './helpers/a-tenant';

let tenant: ATenant;
afterEach(() => tenant?.stop());

/** Enrols whoever has no factor, and challenges everybody else. */
const BY_POLICY = `exports.onExecutePostLogin = async (event, api) => {
  console.log('factors ' + event.user.enrolledFactors.map(({ type }) => type));
  if (event.user.enrolledFactors.length === 0) api.authentication.enrollWithAny([{ type: 'otp' }, { type: 'phone' }]);
  else api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'phone' }] });
};`;
const BEHIND = `exports.onExecutePostLogin = async (event) =>
  console.log(event.authentication.methods.map(({ name, type }) => type ? name + ' ' + type : name).join());`;

const codeNow = () => tenant.codes.list()[0]?.code ?? '';
const wrong = () => (codeNow() === '000000' ? '000001' : '000000');

async function verify({ browser }: APerson, page: Seen, code = codeNow()): Promise<Seen> {
  expect(page.url.pathname).toBe('/u/mfa');
  return browser.post(page.url.href, { code });
}

test('who has no factor enrols one, and is asked for it the next time; Actions behind wait', async () => {
  tenant = await aTenant([BY_POLICY, BEHIND]);
  const ada = aPerson(tenant);
  const page = await ada.comeBy('google-oauth2', 'ada@example.com');
  expect(tenant.printed).toEqual(['factors ']);
  expect(await verify(ada, page, wrong())).toMatchObject({ status: 400 });
  expect(heard(await verify(ada, page))).toHaveProperty('code');
  expect(tenant.printed.splice(0)).toEqual(['factors ', 'federated,mfa otp']);

  const again = aPerson(tenant);
  const asked = await again.comeBy('google-oauth2', 'ada@example.com');
  expect(asked.url.searchParams.get('kind')).toBe('challenge');
  expect(heard(await verify(again, asked))).toHaveProperty('code');
  expect(tenant.printed).toEqual(['factors otp', 'federated,mfa otp']);
});

test.each([
  ['a factor that was not enrolled', "challengeWith({ type: 'otp' })"],
  ['factors that there are not', "enrollWithAny([{ type: 'pigeon' }])"],
])('fails where an Action asks for %s', async (_, call) => {
  tenant = await aTenant([`exports.onExecutePostLogin = async (event, api) => api.authentication.${call};`]);
  const end = await aPerson(tenant).comeBy('google-oauth2', 'ada@example.com');
  expect(heard(end)).toMatchObject({ error: 'access_denied' });
});

test('a verified address will do for a challenge by mail', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }]);`,
    BEHIND,
  ]);
  const ada = aPerson(tenant);
  expect(heard(await verify(ada, await ada.comeBy('google-oauth2', 'ada@example.com')))).toHaveProperty(
    'code',
  );
  expect(tenant.printed).toEqual(['federated,mfa email']);
});

test('multifactor.enable asks at the end of the flow', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => api.multifactor.enable('any');`,
    BEHIND,
  ]);
  const ada = aPerson(tenant);
  const page = await ada.comeBy('google-oauth2', 'ada@example.com');
  expect(tenant.printed).toEqual(['federated']);
  expect(heard(await verify(ada, page))).toHaveProperty('code');
});

test('nobody is there to show a factor in a silent run, nor with a refresh token', async () => {
  tenant = await aTenant([BY_POLICY]);
  const ada = aPerson(tenant);
  const page = await ada.comeBy('google-oauth2', 'ada@example.com', { scope: 'openid offline_access' });
  const { body } = await ada.tokens(await verify(ada, page));
  expect(heard(await ada.authorize({ prompt: 'none' }))).toMatchObject({ error: 'interaction_required' });
  const refresh_token = body.refresh_token ?? '';
  const answer = await postToken(tenant, { grant_type: 'refresh_token', client_id: 'demo', refresh_token });
  expect(answer.body).toMatchObject({ error: 'mfa_required' });
});

test('rejects the code of another login, and a factor that nobody asked for', async () => {
  tenant = await aTenant([BY_POLICY]);
  const [ada, eve] = [aPerson(tenant), aPerson(tenant)];
  const page = await ada.comeBy('google-oauth2', 'ada@example.com');
  const code = codeNow();
  const hers = await eve.comeBy('google-oauth2', 'eve@example.com');
  if (codeNow() !== code) expect(await verify(eve, hers, code)).toMatchObject({ status: 400 });
  expect(await eve.browser.post(page.url.href, { code })).toMatchObject({
    ...{ status: 400, text: expect.stringContaining('invalid_request') },
  });
  const state = page.url.searchParams.get('state') ?? '';
  expect(await ada.browser.get(`${tenant.url}/continue?state=${state}`)).toMatchObject({ status: 400 });
});

test('who showed a factor in a session has shown it', async () => {
  tenant = await aTenant([
    BEHIND,
    "exports.onExecutePostLogin = async (event, api) => api.multifactor.enable('any');",
  ]);
  const ada = aPerson(tenant);
  await verify(ada, await ada.comeBy('google-oauth2', 'ada@example.com'));
  expect(heard(await ada.authorize({ prompt: 'none' }))).toHaveProperty('code');
  expect(tenant.printed).toEqual(['federated', 'federated,mfa otp']);
});
