import { LINK_STATES } from '../../events/link-state';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import { type ListDeps, listLinks } from './list-links';
import { type SystemsDeps, showSystems } from './show-systems';
import { showUser, type UserDeps } from './show-user';

export const status = defineCommand({
  usage: 'status [user-id]',
  summary: 'how the systems are, which accounts a user has, and what is under way',
  details:
    'Every system with its breaker: whether messages go to it, else why and until when they wait. A user by their id in Auth0 or by the userRef of a log line; or the links of all users in a state. The lists name people by userRef only.',
  options: {
    'user-id': { type: 'string', description: "the user's id in Auth0, in 'quotes'" },
    ref: { type: 'string', description: 'the userRef of a log line, instead of an id' },
    watch: { type: 'boolean', default: false, description: 'goes on until every link is settled' },
    system: { type: 'string', description: 'this system only' },
    state: { type: 'string', choices: LINK_STATES, description: 'lists links in this state' },
    limit: { type: 'number', default: 50, description: 'how many links to list, at most' },
  },
  examples: [
    ['status', 'whether a system is left alone, and why'],
    ["status 'auth0|65f1c0ffee'", 'the links of a user'],
    ["status 'auth0|65f1c0ffee' --watch", 'until they are settled'],
    ['status --system crm --state held', 'what waits for an operator'],
    ['status --state pending', 'what is tried again, in every system'],
  ],
  endsWithOne:
    'nothing is known of the user, or --watch ends before they are ready: linked in every required system, or in every system if none is required',
  run: showStatus,
});

export interface StatusArgs {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
  readonly watch: boolean;
  readonly system?: string | undefined;
  readonly state?: string | undefined;
  readonly limit: number;
}

export async function showStatus(args: StatusArgs, deps: UserDeps & ListDeps & SystemsDeps): Promise<Report> {
  const { userId, ref, state, watch } = args;
  const asked = [userId, ref, state].filter((value) => value !== undefined);
  if (asked.length > 1)
    throw usageError('Give one of a user id, --ref and --state', 'npx punctual status --help has examples');
  if (asked.length === 0 && watch) throw usageError('--watch is for one user');
  if (asked.length === 0) return showSystems(args, deps);
  if (state === undefined) return showUser(args, deps);
  if (watch) throw usageError('--watch is for one user');
  return listLinks({ ...args, state }, deps);
}
