import type { PersonalData } from '../../cli/export/collect';
import { exportPerson } from '../../cli/export/export';
import { REF, setUpErasure, USER } from './helpers/an-erasure';
import { anErasureOf } from './helpers/erasure-with-invitations';

const ID = Buffer.from(USER).toString('base64url');

test('an erasure takes the person out of invitations before the certificate is made, which says of how many', async () => {
  const { erasure, calls } = anErasureOf({ forgotten: 2 });
  await erasure.run();
  const { until, invitations } = await erasure.certificate();
  expect(calls).toMatchObject([
    { route: 'DELETE /users/{id}/invitations', path: { id: ID }, body: { until } },
  ]);
  expect(invitations).toBe(2);
  expect(erasure.screen.text()).toContain('2 invitations forgot the person.');
  expect(erasure.audit.acts).toMatchObject([{ act: 'erase', subject: REF, counts: { invitations: 2 } }]);
});

test('what it would do is said of invitations as well, where people are invited', async () => {
  const { erasure, calls } = anErasureOf({ forgotten: 1 });
  await erasure.run({ yes: false });
  expect(erasure.screen.text()).toContain(
    'invitations that they accepted, or that are to their address, forget',
  );
  expect(calls).toEqual([]);
  const other = setUpErasure();
  await other.run({ yes: false });
  expect(other.screen.text()).not.toContain('invitations');
});

test('a profile that stays is not read by the command, so the function is to ask Auth0 for its address', async () => {
  const { erasure, calls } = anErasureOf({ forgotten: 1 });
  await erasure.run({ keepAuth0: true });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).not.toHaveProperty('email');
});

test('fails without a certificate where that could not be done, and does it again', async () => {
  const { erasure, answers } = anErasureOf({ forgotten: 0 });
  answers.push({ statusCode: 503, body: '{"code":"unavailable","title":"Down."}' });
  await expect(erasure.run()).rejects.toMatchObject({ code: 'unavailable', exitCode: 3 });
  expect(erasure.saved.size).toBe(0);
  await erasure.run();
  expect((await erasure.certificate()).invitations).toBe(0);
});

test('an export has them, or says that it could not read them', async () => {
  const { erasure, answers, calls } = anErasureOf({ invitations: [{ id: 'i1', email: 'ada@example.com' }] });
  const exported = async () => {
    const { exitCode, json } = await exportPerson({ userId: USER, out: '-' }, erasure.deps as never);
    return { exitCode, data: json as PersonalData };
  };
  expect((await exported()).data.invitations).toEqual([{ id: 'i1', email: 'ada@example.com' }]);
  expect(calls[0]).toMatchObject({ route: 'GET /users/{id}/invitations', path: { id: ID } });
  answers.push({ statusCode: 503, body: '{"code":"unavailable","title":"Down."}' });
  const { exitCode, data } = await exported();
  expect([exitCode, data.invitations]).toEqual([1, undefined]);
  expect(data.notIncluded).toContainEqual({ what: 'invitations', where: 'Down', failed: true });
});
