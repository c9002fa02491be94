import { NotEmitted } from '../../auth0-actions/emit/emit-codes';
import { userChange } from '../../auth0-actions/event-stream/user-change';
import { toBody } from '../../events/build-event';
import type { UserEvent } from '../../events/event-schema';
import { parseEvent } from '../../events/parse-event';
import type { TenantDeps } from '../actions/open-tenant';
import type { TenantUser } from '../actions/tenant';
import { CliError, usageError } from '../cli-error';
import type { Deps } from '../deps';

/** The event that is explained, and whose word it is. */
export type ExplainedEvent =
  | { readonly from: 'auth0' | 'file'; readonly type: string; readonly body: string }
  | { readonly from: 'nobody'; readonly why: string };

export type EventDeps = TenantDeps & Pick<Deps, 'readText' | 'now'>;

/** The event of a file, or the one that Auth0's stream would tell of the profile as it is now. */
export async function eventOf(
  userId: string,
  file: string | undefined,
  deps: EventDeps,
): Promise<ExplainedEvent> {
  return file === undefined ? fromAuth0(userId, deps) : fromFile(userId, file, deps);
}

// What is wrong with it, a worker says, with its code.
async function fromFile(userId: string, file: string, deps: EventDeps): Promise<ExplainedEvent> {
  const body = await deps.readText(file);
  const parsed = parseEvent(body);
  if (parsed.ok && parsed.event.data.user.user_id !== userId)
    throw usageError(`The event in ${file} is about another user`, 'Name the user of the event');
  return { from: 'file', type: parsed.ok ? parsed.event.type : '(no event)', body };
}

async function fromAuth0(userId: string, deps: EventDeps): Promise<ExplainedEvent> {
  try {
    // Its SDK takes longer to load than most commands take.
    const { openTenant } = require('../actions/open-tenant') as typeof import('../actions/open-tenant');
    const profile = await (await openTenant(deps, [userId])).user(userId);
    if (profile === undefined) return { from: 'nobody', why: 'Auth0 has no such user' };
    const event = changeOf(profile, deps.now());
    return event === undefined
      ? { from: 'nobody', why: NO_EVENT }
      : { from: 'auth0', type: event.type, body: toBody(event) };
  } catch (error) {
    // What the links and the systems say is worth as much without it.
    if (error instanceof CliError) return { from: 'nobody', why: `${error.code}: ${error.message}` };
    if (error instanceof NotEmitted) return { from: 'nobody', why: NO_EVENT };
    throw error;
  }
}

const NO_EVENT = 'the profile in Auth0 makes no event';

/** As the Action behind the event stream tells of a change, with the attributes that punctual.config.ts names. */
function changeOf(profile: TenantUser, now: number): UserEvent | undefined {
  const { configuredSettings } =
    require('../../auth0-actions/bundle') as typeof import('../../auth0-actions/bundle');
  const message = {
    ...{ id: 'explain', type: 'user.updated', a0tenant: 'explain', time: new Date(now).toISOString() },
    data: { object: profile },
  };
  const change = userChange({ message }, configuredSettings().attributes);
  return typeof change === 'string' ? undefined : change;
}
