import type { ScimRemoteSystems } from '../remotes/remote-systems';

/** How many calls of the remote systems went wrong on demand; nothing when none did. */
export async function describeFaults(remotes: Pick<ScimRemoteSystems, 'list'>): Promise<string[]> {
  const counts = await Promise.all(remotes.list().map((system) => system.count()));
  const made = counts.flatMap(({ calls }) => Object.values(calls)).reduce((sum, calls) => sum + calls, 0);
  const hit = counts.reduce((sum, { faulted }) => sum + faulted, 0);
  return hit === 0 ? [] : [`${made} calls of remote systems, ${hit} of them with a fault`];
}
