import type { Session } from '../session';
import {
  addFault,
  bringUp,
  changeSignOff,
  describeRun,
  killFunction,
  listAlarms,
  readLogs,
  removeFaults,
  restartCompute,
  slowFunction,
  takeDown,
  throttleFunction,
} from './control-actions';
import { changeUser, deleteUser, linkUsers, logUserIn, registerUser, repeatEvents } from './user-actions';

export interface ControlRoute {
  /** Method and path, with the one variable part in braces. */
  readonly route: string;
  /** Words for the table of the README. */
  readonly does: string;
  /** `name` is the part of the path in braces. */
  readonly act: (session: Session, body: unknown, name: string) => Promise<unknown> | unknown;
}

export const CONTROL_ROUTES: readonly ControlRoute[] = [
  {
    route: 'GET /',
    does: 'Queues, functions, remote systems, links, alarms and calls in numbers',
    act: describeRun,
  },
  { route: 'GET /alarms', does: 'Alarms with state, since when, why and where to read on', act: listAlarms },
  {
    route: 'GET /mails',
    does: 'Mails that topics and SES sent, the latest first; those of topics also in `logs/mails.log`',
    act: ({ run }) => run.outbox.list(),
  },
  {
    route: 'POST /users',
    does: 'A user as in `examples/users.json` signs up: runs the Action of that, or of the first login where Auth0 has none for the connection, and the event stream tells of it as well',
    act: registerUser,
  },
  {
    route: 'POST /users/{name}/login',
    does: 'The user comes in: runs the Action of every login. `{"way":"silent"}`, `"refresh"` or `"password"` is a run in which nobody sits before a browser',
    act: logUserIn,
  },
  {
    route: 'PATCH /users/{name}',
    does: 'Changes a user\'s profile, such as `{"email":"new@example.com"}` or `{"blocked":true}`; the event stream tells of it',
    act: changeUser,
  },
  {
    route: 'DELETE /users/{name}',
    does: 'Deletes a user in Auth0; the event stream tells of it',
    act: deleteUser,
  },
  {
    route: 'POST /users/{name}/identities',
    does: 'Links another user, `{"user_id":"…"}`, to this one: in Auth0 the other one is deleted by it',
    act: linkUsers,
  },
  {
    route: 'GET /codes',
    does: 'What second factors show: `userId`, `type` and `code` of each login that waits for one',
    act: ({ codes }) => codes.list(),
  },
  {
    route: 'POST /event-stream',
    does: 'From now on the stream delivers each event `{"deliveries":2}` times; 0 is a tenant without one',
    act: repeatEvents,
  },
  {
    route: 'POST /functions/{name}/kill',
    does: 'Ends the live instances of a function, by its system or logical id, in whatever they are doing',
    act: killFunction,
  },
  {
    route: 'POST /functions/{name}/throttle',
    does: 'Lets a function not run for `{"seconds":300}` of virtual time, as if its concurrency were used up',
    act: throttleFunction,
  },
  {
    route: 'POST /functions/{name}/slow',
    does: 'Reports each invocation as longer by `{"seconds":300,"milliseconds":16000}`, for 300 s of virtual time and up to its time-out, without waiting for it',
    act: slowFunction,
  },
  {
    route: 'POST /compute/restart',
    does: 'Ends every instance; queues and tables stay',
    act: restartCompute,
  },
  {
    route: 'POST /remotes/{name}/down',
    does: 'A remote system refuses connections; its accounts stay',
    act: takeDown,
  },
  { route: 'POST /remotes/{name}/up', does: 'It answers again, at the same address', act: bringUp },
  {
    route: 'POST /remotes/{name}/sign-off',
    does: 'With `{"on":false}` a system that makes its accounts itself does not say any more which it made',
    act: changeSignOff,
  },
  {
    route: 'POST /faults',
    does: 'Lets a system fail in a way that has a name, such as `{"system":"crm","fault":"timeout-after","times":3}`; or adds a rule of what is to go wrong in a remote system (`remote`), else in calls of AWS services',
    act: addFault,
  },
  { route: 'DELETE /faults', does: 'Removes all rules', act: removeFaults },
  {
    route: 'GET /calls',
    does: 'Calls of AWS services, counted by service, operation, caller and resource',
    act: ({ run }) => run.frontDoor.calls.counts(),
  },
  {
    route: 'GET /denials',
    does: 'Calls that IAM refused: who, what, on what, in the words of AWS, and how often',
    act: ({ run }) => run.iam.denials.list(),
  },
  { route: 'DELETE /calls', does: 'Counts from zero', act: ({ run }) => run.frontDoor.calls.reset() },
  { route: 'GET /logs', does: 'Log lines by the name of their file', act: readLogs },
];
