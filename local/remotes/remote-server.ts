import { createServer, type RequestListener } from 'node:http';
import { closeServer, listen } from '../listen';
import type { RemoteSystem } from './remote-system';

/** A system that is served in this process, without what can be wrong with it. */
export type RemoteServer = Pick<RemoteSystem, 'name' | 'url' | 'isUp' | 'up' | 'down' | 'stop'>;

/** @param path of what is served, such as `/accounts` */
export async function startRemoteServer(
  { name, path }: { readonly name: string; readonly path: string },
  app: RequestListener,
  firstPort: number,
): Promise<RemoteServer> {
  const server = createServer(app);
  const what = `the remote system ${name}`;
  const port = await listen(server, firstPort, what);
  let isUp = true;
  return {
    ...{ name, url: `http://127.0.0.1:${port}${path}` },
    get isUp() {
      return isUp;
    },
    async up() {
      if (!isUp) await listen(server, port, what);
      isUp = true;
    },
    async down() {
      if (isUp) await closeServer(server);
      isUp = false;
    },
    stop: async () => void (isUp && (await closeServer(server))),
  };
}
