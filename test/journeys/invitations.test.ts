import type { InvitationView } from '../../events/invitations/schemas';
import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import type { ConfigurationInput } from '../../lib/configuration';
import { programsToken } from '../helpers/invite';
import type { LocalRun } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { redeem as redeemAs } from '../helpers/redeem';
import { waitFor } from '../helpers/wait-for';

const FUNNEL = 'app_metadata.invitation.funnelId';
const SYSTEMS: ConfigurationInput['systems'] = {
  auth0: { kind: 'auth0' },
  crm: {
    kind: 'scim',
    baseUrl: 'https://crm.example.com/scim/v2',
    mapping: { nickName: { from: [FUNNEL] } },
  },
};
const INVITATIONS = {
  ...{ from: 'Acme <hello@acme.com>', client: 'accept-pages' },
  applications: { shop: { clientId: 'demo', loginUri: 'https://shop.acme.com/login' } },
  roles: { editor: 'rol_editor' },
};
const ADA = {
  ...{ user_id: 'auth0|ada', created_at: '2026-11-20T09:00:00.000Z', username: 'ada' },
  ...{ email: 'ada@example.com', email_verified: true },
};

let run: LocalRun;
let token: string;

beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS, {
    environment: { provisioningApi: {}, invitations: INVITATIONS },
    emit: { attributes: [FUNNEL] },
  });
  token = await programsToken(run, 'read:invitations write:invitations erase:users export:users');
}, 90_000);
afterAll(() => run?.stop());

interface Answer {
  readonly invitation: InvitationView;
  readonly invitations: readonly InvitationView[];
}

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}${path}`, {
    ...{ method, headers: { authorization: `Bearer ${token}`, ...headers } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

interface Mail {
  readonly to?: readonly string[];
  readonly text: string;
}

/** The tokens of the mails to an address, the latest first. */
async function tokensTo(address: string, count: number): Promise<string[]> {
  return waitFor(`${count} mails to ${address}`, async () => {
    const mails = (await run.control<Mail[]>('GET', '/mails')).filter(({ to }) => to?.includes(address));
    const tokens = mails.map(({ text }) => /invitation=([\w.-]+)/.exec(text)?.[1] ?? 'none');
    return tokens.length === count && tokens;
  });
}

const page = async (invitation: string) =>
  (await fetch(`${run.outputs.InvitationPageUrl}?invitation=${invitation}`, { redirect: 'manual' })).status;

async function redeem(id: string, user: object = ADA): Promise<string | undefined> {
  return (await redeemAs(run, (await call('GET', `invitations/${id}`)).body.invitation, user)).outcome;
}

test('an invitation carries its person into the role, with the data, in the tenant and in every system', async () => {
  await run.emit({
    user: ADA,
    connection: { id: 'con_database', name: 'Username-Password-Authentication', strategy: 'auth0' },
  });
  const asked = { email: 'ada@example.com', roles: ['editor'], data: { funnelId: 'F-1001' } };
  const key = { 'idempotency-key': 'order-4711' };
  const made = await call('POST', 'invitations', asked, key);
  expect([made.status, made.body.invitation.bind]).toEqual([201, 'verified-email']);
  const { id } = made.body.invitation;
  expect((await call('POST', 'invitations', asked, key)).body.invitation.id).toBe(id);

  const [mailed = ''] = await tokensTo('ada@example.com', 1);
  expect(mailed.split('.')[0]).toBe(id);
  await page(mailed);
  await page(mailed);
  expect((await call('GET', `invitations/${id}`)).body.invitation).toMatchObject({ state: 'open' });

  const eve = { ...ADA, user_id: 'auth0|eve', email: 'eve@example.com' };
  expect(await redeem(id, eve)).toBe('wrong-account');
  expect(await redeem(id, { ...ADA, user_id: 'auth0|squatter', email_verified: false })).toBe(
    'address-unverified',
  );
  expect(await Promise.all([redeem(id), redeem(id)])).toEqual(['redeemed', 'redeemed']);
  expect(await redeem(id, { ...ADA, user_id: 'auth0|other' })).toBe('invitation-used');

  await waitFor('the role and the data', async () => {
    const links = await run.links(ADA.user_id);
    return links.some((one) => one.system === 'auth0' && one.state === 'linked');
  });
  await waitFor('the data in the CRM', async () => (await run.accounts('crm'))[0]?.nickName === 'F-1001');
  expect((await call('GET', 'invitations?email=ADA@example.com')).body.invitations).toMatchObject([
    { id, state: 'redeemed', mail: { state: 'sent' } },
  ]);
}, 40_000);

test('a person who is erased is taken out of what they accepted', async () => {
  const path = `users/${pathOfUser(ADA.user_id)}`;
  const [kept] = (await call('GET', `${path}/export`)).body.invitations;
  expect(kept).toMatchObject({ redeemedByUserId: ADA.user_id, email: 'ada@example.com' });
  expect((await call('POST', `${path}/erasure`)).status).toBe(202);
  const { invitation } = (await call('GET', `invitations/${kept?.id}`)).body;
  expect(invitation).toMatchObject({ state: 'redeemed', data: {} });
  expect([invitation.email, invitation.redeemedBy]).toEqual([undefined, undefined]);
});

test('a link dies with a new mail and with its revocation, and what is left says nothing of anybody', async () => {
  const { id } = (await call('POST', 'invitations', { email: 'bob@example.com' })).body.invitation;
  await tokensTo('bob@example.com', 1);
  expect((await call('POST', `invitations/${id}/resend`)).status).toBe(202);
  const [second, first] = await tokensTo('bob@example.com', 2);
  expect(first).not.toBe(second);
  expect((await call('POST', `invitations/${id}/revocation`)).body.invitation.state).toBe('revoked');
  expect(await redeem(id, { ...ADA, user_id: 'auth0|bob' })).toBe('invitation-revoked');
  const listed = (await call('GET', 'invitations?state=revoked')).body.invitations;
  expect(listed.map((one) => one.id)).toEqual([id]);
  const logs = JSON.stringify(await run.logs());
  for (const told of ['bob@example.com', String(second), String(first)]) expect(logs).not.toContain(told);
}, 30_000);
