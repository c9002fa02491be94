import type { Journeys } from './journey';
import {
  askReadiness,
  getPage,
  notedSockets,
  openSocket,
  type PageSocket,
  snapshotOf,
  statusToken,
} from './status-page';
import { register } from './walk-events';
import { linkedEverywhere, refOf } from './walk-progress';
import { workedOff } from './walk-queues';
import { nextUser, SYSTEMS, until } from './walked-run';

const isReady = ({ heard }: PageSocket, name: string) =>
  heard.some(
    (message) => message.type === 'standing' && message.system === name && message.standing === 'ready',
  );

/** Pages on which people wait, and who asks how far somebody is. */
export const OF_STATUS: Journeys = {
  async 'a person who waits at login sees their accounts come'(walked) {
    const { run } = walked;
    const user = nextUser();
    const token = await statusToken(run, user);
    const page = await getPage(run, token);
    if (page.status !== 200) throw new Error(`The page answered ${page.status}.`);
    const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
    socket.ask(token);
    await until(walked, 'how things stand', async () => socket.heard.length > 0);
    await register(walked, {}, user);
    // Whoever closes before the last of them has their page forgotten, which is another journey.
    await until(walked, 'news of every account', async () => SYSTEMS.every((name) => isReady(socket, name)));
    await socket.close();
    await workedOff(walked);
  },
  async 'a page that was closed is forgotten'(walked) {
    const { run } = walked;
    const user = nextUser();
    const token = await statusToken(run, user);
    const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
    socket.ask(token);
    await until(walked, 'how things stand', async () => socket.heard.length > 0);
    await socket.close();
    await register(walked, {}, user);
    await linkedEverywhere(walked, user);
    const ref = await refOf(run, user);
    await until(walked, 'that nobody listens', async () =>
      (await notedSockets(run)).every(({ userRef }) => userRef !== ref),
    );
    await workedOff(walked);
  },
  async 'a page that is not believed leaves a line'(walked) {
    const { run } = walked;
    const lines = async () =>
      Object.values(await run.logs())
        .flat()
        .filter((line) => line.includes('"refused"') && line.includes('ANY /')).length;
    const before = await lines();
    await getPage(run, 'a.b.c');
    await until(walked, 'a line', async () => (await lines()) > before);
  },
  async 'the Action asks how far somebody is'({ run }) {
    const answer = await askReadiness(run, { user_id: nextUser() });
    if (answer.status !== 200) throw new Error(`The status API answered ${answer.status}.`);
  },
};
