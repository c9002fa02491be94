import { aRegistration, postSigned } from './signed-post';
import { secretIn } from './status-page';
import { linksIn } from './walk-progress';
import { addressOf, nextUser, REMOTE, until, type WalkedRun } from './walked-run';

/** Posts the registration of somebody new, and gives who that is. */
export async function register({ run }: WalkedRun, fields: object = {}, user = nextUser()): Promise<string> {
  await accepted(await postSigned(run, { ...(await aRegistration(run, user)), ...fields }));
  return user;
}

/** Tells of the deletion as Auth0's event stream does. */
export async function tellDeletion({ run }: WalkedRun, user: string): Promise<void> {
  const [link] = await run.links(user);
  const secret = await secretIn(run, run.outputs.EventStreamSecretArn);
  const deletion = {
    ...(await aRegistration(run, user, { created_at: link?.generation })),
    id: `del_${link?.userRef}`,
  };
  await accepted(await postSigned(run, { ...deletion, type: 'user.deleted' }, { secret: `whsec_${secret}` }));
}

async function accepted(answer: Response): Promise<void> {
  if (answer.status !== 202) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
}

/** Registers somebody whom a system refuses, and gives the userRef. */
export async function rejected(walked: WalkedRun): Promise<string> {
  const { run } = walked;
  const fault = { remote: REMOTE, operation: 'POST /Users', when: 'before', effect: 'error', status: 400 };
  await run.control('POST', '/faults', { ...fault, times: 1 });
  const user = await register(walked);
  await until(
    walked,
    'a link that is rejected',
    async () => (await linksIn(run, user, 'rejected')).length > 0,
  );
  return String((await linksIn(run, user, 'rejected'))[0]?.userRef);
}

const CONNECTION = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };

/** Somebody signs up in the tenant; gives who that is. */
export async function signUp({ run }: WalkedRun, more: object = {}): Promise<string> {
  const user = nextUser();
  const profile = { user_id: user, email: addressOf(user), ...more };
  await run.control('POST', '/users', { connection: CONNECTION, user: profile });
  return user;
}
