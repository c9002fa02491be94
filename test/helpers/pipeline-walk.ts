import type { AccessRequest } from '../../local/iam/access-request';
import type { Journeys } from './journey';
import { OF_EVENTS } from './journeys-of-events';
import { OF_INVITATIONS, SWEPT } from './journeys-of-invitations';
import { ALARM, OF_OPERATORS } from './journeys-of-operators';
import { OF_PEOPLE } from './journeys-of-people';
import { OF_STATUS } from './journeys-of-status';
import { CENSUS, LEAVER, OF_TIME } from './journeys-of-time';

/**
 * Every way that an event, a message or a change takes, so that together they use every permission. A grant is proved by
 * the first that needs it, so that the long ones come before those that need the same.
 */
export const JOURNEYS: Journeys = {
  ...OF_EVENTS,
  ...OF_TIME,
  ...OF_PEOPLE,
  ...OF_INVITATIONS,
  ...OF_STATUS,
  ...OF_OPERATORS,
};

/** The journey of what happens by itself, whichever journey is being walked. */
export function ofItself({ principal, resource }: AccessRequest): string | undefined {
  const who = principal.kind === 'role' ? principal.arn : principal.name;
  if (`${who} ${resource}`.includes('LinkCensus')) return CENSUS;
  if (`${who} ${resource}`.includes('LinkSweeper')) return isOfInvitations(resource) ? SWEPT : LEAVER;
  return who === 'cloudwatch.amazonaws.com' ? ALARM : undefined;
}

const isOfInvitations = (resource: string) => /Invitation|Management/.test(resource);
