import type { LocalRun } from './local-run';

export interface RemoteAccount {
  readonly id: string;
  readonly externalId?: string;
  readonly displayName?: string;
}

/** Accounts of a user in a remote system, asked of the system itself. */
export async function accountsOf(run: LocalRun, system: string, userId: string): Promise<RemoteAccount[]> {
  const filter = encodeURIComponent(`externalId ew ${JSON.stringify(`/${userId}`)}`);
  const response = await fetch(`${run.local.Systems[system]}/Users?filter=${filter}`);
  return ((await response.json()) as { Resources?: RemoteAccount[] }).Resources ?? [];
}
