import { registerUsers } from '../../../local/auth0/register-users';
import { makeUsers, SAMPLE_USER, type SampleUser } from '../../../local/auth0/sample-user';

const SAMPLE = SAMPLE_USER.parse({
  connection: { id: 'c', name: 'n', strategy: 's' },
  user: { user_id: 'u' },
});
const USERS = makeUsers([SAMPLE], 10);

const emitted = ({ user }: SampleUser) => ({ userId: user.user_id, emitted: true, code: 'emitted' });

test('results come in the order of the users, however long each takes', async () => {
  const register = async (user: SampleUser) => {
    await new Promise((resolve) => setTimeout(resolve, user.user.user_id === 'u' ? 20 : 0));
    return emitted(user);
  };
  const results = await registerUsers(USERS, { atOnce: 4, perSecond: 10_000, hasRoom: () => true }, register);
  expect(results.map(({ userId }) => userId)).toEqual(USERS.map(({ user }) => user.user_id));
});

test('no more are under way than the pace allows', async () => {
  let [now, most] = [0, 0];
  const register = async (user: SampleUser) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now--;
    return emitted(user);
  };
  await registerUsers(USERS, { atOnce: 3, perSecond: 10_000, hasRoom: () => true }, register);
  expect(most).toBe(3);
});

test('registrations wait for room, and begin without it in the end', async () => {
  let room = false;
  const began: boolean[] = [];
  const register = async (user: SampleUser) => {
    began.push(room);
    return emitted(user);
  };
  setTimeout(() => {
    room = true;
  }, 30);
  await registerUsers(USERS.slice(0, 2), { atOnce: 1, perSecond: 10_000, hasRoom: () => room }, register);
  room = false;
  await registerUsers(USERS.slice(0, 1), { atOnce: 1, perSecond: 10_000, hasRoom: () => room }, register);
  expect(began).toEqual([true, true, false]);
});
