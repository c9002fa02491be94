import { countOf } from '../../terminal/count-of';
import type { Line } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { TenantDeps } from '../actions/open-tenant';
import { audited } from '../audit/audited';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type CollectDeps, collect, type PersonalData } from './collect';

export const exportUser = defineCommand({
  usage: 'export <user-id>',
  summary: 'everything that is known of a person, as one JSON document',
  details:
    'For a person who asks what is known of them. It goes to a file that only you can read: it holds personal data, unmasked. The profile in Auth0 is in it where AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET with the scope read:users are given. The document says what is not in it, and where that is.',
  options: {
    'user-id': { type: 'string', demandOption: true, description: "the user's id in Auth0, in 'quotes'" },
    out: {
      type: 'string',
      defaultDescription: 'export-<user ref>-<time>.json',
      description: 'where it goes; - is stdout',
    },
  },
  examples: [
    ["export 'auth0|65f1c0ffee'", 'to a file'],
    ["export 'auth0|65f1c0ffee' --out -", 'to stdout'],
  ],
  endsWithOne: 'a part could not be read, which the document says',
  run: exportPerson,
});

export interface ExportArgs {
  readonly userId: string;
  readonly out?: string | undefined;
}

export type ExportDeps = CollectDeps & TenantDeps & Pick<Deps, 'audit' | 'saveText'>;

/** The document says what could not be read; the command ends with 1 then. */
export async function exportPerson({ userId, out }: ExportArgs, deps: ExportDeps): Promise<Report> {
  if (userId.trim() === '') throw usageError('The user id is empty');
  const { data } = await collectAudited(userId, deps);
  const exitCode = data.notIncluded.some(({ failed }) => failed) ? 1 : 0;
  if (out === '-') {
    deps.screen.print(...JSON.stringify(data, null, 2).split('\n'));
    return { exitCode, json: data };
  }
  const file = out ?? fileOf(data);
  await deps.saveText(file, `${JSON.stringify(data, null, 2)}\n`);
  deps.screen.print(...describe(file, data, deps.screen.width));
  return { exitCode, json: { file, userRef: data.userRef, notIncluded: data.notIncluded } };
}

function describe(file: string, { links, messages, acts, notIncluded }: PersonalData, width: number): Line[] {
  const counts = [
    countOf(links.length, 'link'),
    countOf(messages.length, 'parked message'),
    countOf(acts.length, 'act'),
  ];
  return [
    `${file} has what is known of this person:`,
    `  ${counts.join(', ')}`,
    'It holds personal data. Not in it:',
    ...notIncluded.flatMap(({ what, where }) =>
      wrap(`${what}: ${where}`, width - 2).map((line) => `  ${line}`),
    ),
  ];
}

// Who reads everything about somebody leaves a trace, as who changes it does.
async function collectAudited(userId: string, deps: ExportDeps): Promise<{ data: PersonalData }> {
  const { refOf } = require('../status/ref-of') as typeof import('../status/ref-of');
  const userRef = await refOf({ userId }, await deps.outputs(), deps);
  return audited(deps, { act: 'export', subject: userRef }, async () => {
    const data = await collect({ userId, userRef }, { readProfile: () => readProfile(userId, deps) }, deps);
    const counts = { links: data.links.length, messages: data.messages.length };
    return { outcome: 'done' as const, counts, data };
  });
}

/** Undefined for somebody who is not there; fails where the tenant cannot be asked. */
async function readProfile(userId: string, deps: ExportDeps): Promise<object | undefined> {
  const { openTenant } = require('../actions/open-tenant') as typeof import('../actions/open-tenant');
  const tenant = await openTenant(deps, [userId]);
  return tenant.user(userId);
}

function fileOf({ userRef, exportedAt }: PersonalData): string {
  return `export-${userRef.slice(0, 12)}-${exportedAt.replace(/[-:]|\.\d+/g, '')}.json`;
}
