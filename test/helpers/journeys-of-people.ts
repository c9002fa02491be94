import type { Journeys } from './journey';
import { askForAccount, changeOwn } from './walk-api';
import { workedOff } from './walk-queues';
import { nextUser, until } from './walked-run';

/** What people ask for by the provisioning API. */
export const OF_PEOPLE: Journeys = {
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
};
