import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { subscribeInbox } from '../helpers/inbox';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const userId = createUserIds('projection');
let run: LocalRun;
let notifications: Awaited<ReturnType<typeof subscribeInbox>>;

beforeAll(async () => {
  run = await startLocalRun();
  notifications = await subscribeInbox(run);
}, 90_000);
afterAll(() => run?.stop());
afterEach(() => run.control('DELETE', '/faults'));

/** What the projection wrote into its log of the link with this userRef, in order. */
async function projected(userRef: string): Promise<string[]> {
  const lines = Object.values(await run.logs()).flat();
  const entries = lines.filter((line) => line.includes('link changed')).map((line) => JSON.parse(line));
  return entries
    .filter((entry) => entry.userRef === userRef && entry.system === 'crm')
    .map(({ outcome }) => outcome);
}

test('a link that is made, changed and removed is projected each time, in order', async () => {
  const user = userId();
  await postSigned(run, await aRegistration(run, user));
  const link = await waitFor('a link', async () =>
    (await run.links(user)).find(({ system, state }) => system === 'crm' && state === 'linked'),
  );
  const { userRef, system } = link;
  await run.aws.dynamodb.send(
    new DeleteCommand({ TableName: run.outputs.UserLinkTableName, Key: { userRef, system } }),
  );
  await waitFor('INSERT, MODIFY and REMOVE', async () => (await projected(userRef)).length === 3);
  expect(await projected(userRef)).toEqual(['pending', 'linked', 'removed']);
  const removed = await waitFor('a notification', async () =>
    (await notifications()).find((notification) => notification.userRef === userRef),
  );
  expect(removed).toMatchObject({ system: 'crm', state: 'removed', eventId: link.eventId });
  expect(JSON.stringify(removed)).not.toContain(user);
}, 60_000);

test('an account that the system refuses is told to the team once', async () => {
  const user = userId();
  await run.control('POST', '/faults', {
    remote: 'tickets',
    operation: 'POST /Users',
    when: 'before',
    effect: 'error',
    status: 400,
    times: 1,
  });
  await postSigned(run, await aRegistration(run, user));
  const told = await waitFor('a notification', async () =>
    (await notifications()).find(({ system }) => system === 'tickets'),
  );
  expect(told).toMatchObject({ state: 'rejected', code: 'remote-rejected' });
  const [link] = (await run.links(user)).filter(({ system }) => system === 'tickets');
  expect(link).toMatchObject({ state: 'rejected', userRef: told.userRef });
}, 60_000);

test('the time from acceptance to link is measured for each link', async () => {
  const lines = Object.values(await run.logs()).flat();
  const measured = lines
    .filter((line) => line.includes('"AcceptedToLinked"'))
    .map((line) => JSON.parse(line));
  expect(measured.length).toBeGreaterThan(0);
  for (const { AcceptedToLinked } of measured) expect(AcceptedToLinked).toBeGreaterThanOrEqual(0);
});
