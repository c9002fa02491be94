import type { StatusSnapshot } from '../../events/status-snapshot';
import type { PageData } from './page-data';

/** How asking for a snapshot ended. `over`: the token of the page does not count any more. `lost`: nothing
 * that says anything came back. */
export type SnapshotAnswer = StatusSnapshot | 'over' | 'lost';

const TIMEOUT_MS = 3_000;

export async function requestSnapshot(data: PageData, fetcher = fetch): Promise<SnapshotAnswer> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), TIMEOUT_MS);
  try {
    const answer = await fetcher(data.snapshotUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session_token: data.sessionToken, state: data.state }),
      signal: aborter.signal,
    });
    if (answer.ok) return (await answer.json()) as StatusSnapshot;
    return answer.status === 410 || answer.status === 400 ? 'over' : 'lost';
  } catch {
    return 'lost';
  } finally {
    clearTimeout(timer);
  }
}
