import { ProvisioningError } from '../../client/provisioning-client';
import { createOrderService, type OrderServiceDeps } from '../../examples/microservice/order-service';
import { type LoopbackServer, startLoopbackServer } from '../helpers/loopback-server';

const servers: LoopbackServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function ask(deps: Partial<OrderServiceDeps>, token = 'token-of-ada') {
  const rows = new Map<string, { username: string }>();
  const asked: string[] = [];
  const service = createOrderService({
    verify: async (given) => (given === 'token-of-ada' ? 'auth0|ada' : undefined),
    profiles: { get: async (sub) => rows.get(sub) },
    provisioning: {
      accountIn: async (system, with_) => {
        asked.push(`${system} ${with_}`);
        rows.set('auth0|ada', { username: 'ada' });
        return { system, state: 'linked' };
      },
    },
    system: 'orders',
    ...deps,
  });
  const server = await startLoopbackServer(service);
  servers.push(server);
  const answer = await fetch(server.url, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json(), asked };
}

const refusing = (status: number, code: string) => ({
  provisioning: { accountIn: async () => Promise.reject(new ProvisioningError(status, code, 'words')) },
});

test('whose row is there is answered, and nobody is asked', async () => {
  const profiles = { get: async () => ({ username: 'grace' }) };
  expect(await ask({ profiles })).toMatchObject({ status: 200, body: { customer: 'grace' }, asked: [] });
});

test('whose row is not there yet is answered all the same, by their own token', async () => {
  expect(await ask({})).toMatchObject({
    status: 200,
    body: { customer: 'ada' },
    asked: ['orders token-of-ada'],
  });
});

test('fails for a token that is not valid, a user who may not, and an account that does not come', async () => {
  expect(await ask({}, 'forged')).toMatchObject({ status: 401, asked: [] });
  expect(await ask(refusing(403, 'user-blocked'))).toMatchObject({
    status: 403,
    body: { code: 'user-blocked' },
  });
  expect(await ask(refusing(202, 'still-waiting'))).toMatchObject({
    status: 503,
    body: { code: 'still-waiting' },
  });
});
