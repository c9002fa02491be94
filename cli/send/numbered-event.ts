import type { EventUser, UserEvent } from '../../events/event-schema';

/** The same event of another user: number 2 of `auth0|1` is `auth0|1-2`, with an address and a user name to match. */
export function numberedEvent(event: UserEvent, number: number): UserEvent {
  const { user } = event.data;
  const { email, username } = user;
  const numbered = {
    ...user,
    user_id: `${user.user_id}-${number}`,
    ...(email === undefined ? {} : { email: email.replace(/(@|$)/, `+${number}$1`) }),
    ...(username === undefined ? {} : { username: `${username}-${number}` }),
  } as EventUser;
  return { ...event, id: `${event.id}-${number}`, data: { ...event.data, user: numbered } } as UserEvent;
}
