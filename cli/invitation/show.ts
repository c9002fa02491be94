import type { InvitationView } from '../../events/invitations/schemas';
import type { Line } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeAnyCode } from '../describe-any-code';
import { type ApiDeps, callApi } from './call-api';
import { idOf } from './id-of';
import { schemas } from './schemas';
import { shownOf } from './shown';

export const show = defineCommand({
  usage: 'invitation show <id>',
  summary: 'one invitation: what it brings, and how far it is',
  options: {
    id: { type: 'string', demandOption: true, description: 'of the invitation' },
    addresses: { type: 'boolean', default: false, description: 'with the address: personal data' },
  },
  examples: [['invitation show 8sGk2vQ0yYkz1mJr3wXb5A', 'how far it is']],
  endsWithOne: 'there is no such invitation',
  run: showInvitation,
});

export interface ShowArgs {
  readonly id: string;
  readonly addresses: boolean;
}

export async function showInvitation(
  { id, addresses }: ShowArgs,
  deps: ApiDeps & Pick<Deps, 'screen'>,
): Promise<Report> {
  const call = { route: 'GET /invitations/{invitation}', path: { invitation: idOf(id) } };
  const { invitation } = await callApi(call, schemas().invitationAnswer, deps);
  deps.screen.print(...describe(invitation, addresses, deps.screen.width));
  return { json: { invitation: shownOf(invitation, addresses) } };
}

const INDENT = 10;

function describe(view: InvitationView, addresses: boolean, width: number): Line[] {
  const { mail, redeemedAt, redeemedBy, revokedAt, precreation, data } = view;
  const rows: (readonly [name: string, value: string | undefined])[] = [
    ['state', view.state],
    ...(addresses ? [['address', view.email ?? '(forgotten)'] as const] : []),
    [
      'mail',
      mail && [mail.state, mail.at, mail.code && describeAnyCode(mail.code)].filter(Boolean).join(', '),
    ],
    ['sent', view.sending === 1 ? 'once' : `${view.sending} times`],
    ['until', view.expiresAt],
    ['accepted', redeemedAt && `${redeemedAt}, by ${redeemedBy ?? 'somebody who was erased'}`],
    ['revoked', revokedAt],
    ['roles', view.roles.join(', ') || 'none'],
    [
      'data',
      Object.entries(data)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ') || 'none',
    ],
    ['into', view.application],
    ['language', view.language],
    ['mode', precreation === undefined ? view.mode : `${view.mode}, ${precreation}`],
    ['bind', view.bind],
    ['made', `${view.createdAt}, by ${view.createdBy}`],
  ];
  return rows.flatMap(([name, value]) =>
    value
      ? wrap(value, width - INDENT).map((line, at) => `${(at === 0 ? name : '').padEnd(INDENT)}${line}`)
      : [],
  );
}
