import type { Journeys } from './journey';
import { askForAccount, changeOwn, erase, listHeld, nextUser, until, workedOff } from './walk-steps';

/** What people, programs and administrators ask for by the provisioning API. */
export const OF_THE_API: Journeys = {
  async 'a person asks for an account with their token'(walked) {
    const { run } = walked;
    const user = nextUser();
    // Whoever may not be counted among those who wait does not wait.
    const { status, headers } = await askForAccount(walked, user);
    if (!headers.has('preference-applied')) throw new Error(`Nobody may wait: ${status}`);
    await until(walked, 'the account', async () => (await askForAccount(walked, user)).status === 200);
    const isAnswered = (line: string) => line.includes('call answered');
    await until(walked, 'what was logged of it', async () =>
      Object.values(await run.logs())
        .flat()
        .some(isAnswered),
    );
    await workedOff(walked);
  },
  async 'a person changes what is their own'(walked) {
    const { status } = await changeOwn(walked);
    if (status !== 200) throw new Error(`The API answered ${status}`);
    await workedOff(walked);
  },
  async 'an administrator lists what is held'(walked) {
    const { status } = await listHeld(walked);
    if (status !== 200) throw new Error(`The API answered ${status}`);
  },
  async 'an administrator has a user erased'(walked) {
    const { run } = walked;
    const user = nextUser();
    const { status } = await erase(walked, user);
    if (status !== 202) throw new Error(`The API answered ${status}`);
    await until(walked, 'a look into every system', async () => {
      const links = await run.links(user);
      return links.length > 0 && links.every(({ next }) => next === 'verify');
    });
    await workedOff(walked);
  },
};
