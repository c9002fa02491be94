import type { AccessRequest } from '../../local/iam/access-request';
import type { Journeys } from './journey';
import { OF_EVENTS } from './journeys-of-events';
import { OF_INVITATIONS, SWEPT } from './journeys-of-invitations';
import { OF_STATUS } from './journeys-of-status';
import { OF_THE_API } from './journeys-of-the-api';
import { ALARM, CENSUS, LEAVER, OF_TIME } from './journeys-of-time';

/** Every way that an event, a message or a change takes, so that together they use every permission. */
export const JOURNEYS: Journeys = {
  ...OF_EVENTS,
  ...OF_THE_API,
  ...OF_INVITATIONS,
  ...OF_STATUS,
  // The last: its alarm may be on since an event that went to quarantine before.
  ...OF_TIME,
};

/** The journey of what happens by itself, whichever journey is being walked. */
export function ofItself({ principal, resource }: AccessRequest): string | undefined {
  const who = principal.kind === 'role' ? principal.arn : principal.name;
  if (`${who} ${resource}`.includes('LinkCensus')) return CENSUS;
  if (`${who} ${resource}`.includes('LinkSweeper')) return isOfInvitations(resource) ? SWEPT : LEAVER;
  return who === 'cloudwatch.amazonaws.com' ? ALARM : undefined;
}

const isOfInvitations = (resource: string) => /Invitation|Management/.test(resource);
