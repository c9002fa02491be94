import {
  INVITATION_BINDS,
  INVITATION_LANGUAGES,
  INVITATION_MODES,
} from '../../events/invitations/invitation';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { InviteFlags } from './invite-flags';
import type { InviteManyDeps } from './invite-many';

export const invite = defineCommand({
  usage: 'invite [email]',
  summary: 'sends people a link into roles and data',
  details:
    'One person by their address, or with --from everybody in a file: CSV with a head, or NDJSON, where each line may say what the flags say of all others. Every line is looked at first, and where one cannot be used nobody is invited. A report goes next to the file. The same again invites nobody twice: what a line says is its key, together with the name of the file or --idempotency-key.',
  options: {
    email: { type: 'string', description: 'whom' },
    from: { type: 'string', description: 'a file with people instead; - is stdin' },
    role: { type: 'string', array: true, nargs: 1, description: 'a role to grant; may be repeated' },
    data: { type: 'string', array: true, nargs: 1, description: 'key=value of yours; may be repeated' },
    'expires-in': { type: 'string', description: 'such as 7d, 30d at most' },
    'expires-at': { type: 'string', description: 'or until when, ISO 8601' },
    language: { type: 'string', choices: INVITATION_LANGUAGES, description: 'of mail and pages' },
    mode: { type: 'string', choices: INVITATION_MODES, description: 'whether the user is made ahead' },
    bind: { type: 'string', choices: INVITATION_BINDS, description: 'what the address must prove' },
    application: { type: 'string', description: 'a configured one to land in' },
    'idempotency-key': { type: 'string', description: 'makes no second one of the same' },
    'dry-run': { type: 'boolean', default: false, description: 'looks, and invites nobody' },
    rate: { type: 'number', default: 10, description: 'of a file: so many a second at most' },
    report: {
      type: 'string',
      defaultDescription: '<file>.<time>.report.ndjson',
      description: 'of a file: what became of each line; a new file',
    },
  },
  examples: [
    ['invite ada@example.com --role editor --data funnelId=f-1', 'one person'],
    ['invite --from people.csv --dry-run', 'whether the file is good'],
    ['invite --from people.csv --expires-in 14d', 'everybody in it'],
  ],
  endsWithOne: 'the API refused a line, a dry run found one that cannot be used, or it was stopped',
  run: invitePeople,
});

export interface InviteArgs extends InviteFlags {
  readonly email?: string | undefined;
  readonly from?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly dryRun: boolean;
  readonly rate: number;
  readonly report?: string | undefined;
}

export async function invitePeople(args: InviteArgs, deps: InviteManyDeps): Promise<Report> {
  const { email, from } = args;
  if ((email === undefined) === (from === undefined))
    throw usageError('Give an address, or a file with --from');
  // The schema of invitations takes longer to load than most commands take.
  if (from !== undefined) {
    const { inviteMany } = require('./invite-many') as typeof import('./invite-many');
    return inviteMany({ ...args, from }, deps);
  }
  if (args.report !== undefined) throw usageError('--report goes with --from');
  const { inviteOne } = require('./invite-one') as typeof import('./invite-one');
  return inviteOne({ ...args, email: email ?? '' }, deps);
}
