import type { FunctionInfo } from '../../functions/functions';
import type { Application } from './tenant-parts';

export interface KnownPlaces {
  /** The demo, which stands for whatever application people land in. */
  readonly demo: Application;
  /** The pages on which invitations are accepted, with a slash at the end; undefined of a stack without any. */
  readonly pageUrl: string | undefined;
  /** Of the application of the pages. */
  readonly secret: string;
}

/** The applications that the configuration of invitations names, as an operator registers them in the tenant. */
export function invitationApplications(
  functions: readonly Pick<FunctionInfo, 'environment'>[],
  { demo, pageUrl, secret }: KnownPlaces,
): Application[] {
  const told = (name: string) => functions.flatMap(({ environment }) => environment[name] ?? []);
  const [client_id] = told('INVITATION_CLIENT_ID');
  if (client_id === undefined || pageUrl === undefined) return [];
  const pages = { client_id, name: 'Invitations', secret, callbacks: [`${pageUrl}callback`], logoutUrls: [] };
  const landing = told('PRECREATION').flatMap(clientIdsIn);
  const others = [...new Set(landing)].filter((id) => id !== demo.client_id && id !== client_id);
  return [pages, ...others.map((id) => ({ ...demo, client_id: id }))];
}

function clientIdsIn(settings: string): string[] {
  const { clientIds = {} } = JSON.parse(settings) as { clientIds?: Readonly<Record<string, string>> };
  return Object.values(clientIds);
}
