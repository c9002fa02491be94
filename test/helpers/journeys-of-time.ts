import type { Journeys } from './journey';
import { tellDeletion } from './walk-events';
import { invited } from './walk-grants';
import { areOff, censuses, comeDue, linkedEverywhere } from './walk-progress';
import { workedOff } from './walk-queues';
import { ALL_SYSTEMS, until } from './walked-run';

export const CENSUS = 'a census is taken';
export const LEAVER = 'the account of a user who was deleted goes everywhere';

/** What the clock brings on. */
export const OF_TIME: Journeys = {
  async [CENSUS](walked) {
    const before = await censuses(walked.run);
    await until(walked, 'a census', async () => (await censuses(walked.run)) > before);
  },
  async [LEAVER](walked) {
    const user = await invited(walked);
    await tellDeletion(walked, user);
    await linkedEverywhere(walked, user, 'deprovisioning', ALL_SYSTEMS);
    await comeDue(walked, user);
    await until(walked, 'accounts that are off', async () => areOff(await walked.run.links(user)));
    await comeDue(walked, user);
    // A tombstone does not say whose it is.
    await until(walked, 'tombstones', async () => (await walked.run.links(user)).length === 0);
    await workedOff(walked);
  },
};
