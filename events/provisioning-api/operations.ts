import type * as z from 'zod/mini';
import { invitationAnswer, invitationList, invitationListQuery, inviteBody } from '../invitations/schemas';
import type { ApiRouteName } from './routes';
import {
  askAnswer,
  askBody,
  askForBody,
  changeAnswer,
  changeBody,
  erasureAnswer,
  exportAnswer,
  linkList,
  listQuery,
  userView,
  waitAnswer,
} from './schemas';

export interface ApiOperation {
  readonly summary: string;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** True where the caller may wait for the answer. */
  readonly waits?: true;
  /** True where the caller may send an Idempotency-Key. */
  readonly idempotent?: true;
  /** By status. */
  readonly answers: Readonly<Record<number, { readonly words: string; readonly schema: z.ZodMiniType }>>;
  /** Statuses that are problems, beside those that every call may have. */
  readonly problems: readonly number[];
}

const ASKED = {
  waits: true,
  answers: {
    200: { words: 'The account is there.', schema: askAnswer },
    202: { words: 'It is on its way. Call again after Retry-After seconds.', schema: waitAnswer },
  },
} as const;

/** What each route takes and answers, for docs/openapi.json. */
export const API_OPERATIONS: Readonly<Record<ApiRouteName, ApiOperation>> = {
  showMe: {
    summary: 'The person of the token and their accounts',
    answers: { 200: { words: 'Who they are, and their links.', schema: userView } },
    problems: [],
  },
  changeMe: {
    ...{ summary: 'Change what the person of the token may change of themselves', body: changeBody },
    answers: { 200: { words: 'It is changed, and systems are told.', schema: changeAnswer } },
    problems: [400, 409],
  },
  askMine: {
    ...{ summary: 'Have an account made for the person of the token', body: askBody, ...ASKED },
    problems: [400, 404, 409],
  },
  showUser: {
    summary: 'A user and their accounts',
    answers: { 200: { words: 'Who they are, and their links.', schema: userView } },
    problems: [400, 404],
  },
  askFor: {
    ...{ summary: 'Have an account made for a user', body: askForBody, ...ASKED },
    problems: [400, 404, 409, 413],
  },
  retry: {
    ...{ summary: 'Try again what failed or was rejected', body: askForBody, ...ASKED },
    problems: [400, 404, 409, 413],
  },
  listLinks: {
    summary: 'Links of a system in a state, the longest unchanged of each part of the index first',
    query: listQuery,
    answers: { 200: { words: 'A page of them.', schema: linkList } },
    problems: [400, 404],
  },
  eraseUser: {
    summary: 'Erase a user everywhere',
    answers: {
      202: {
        words:
          'It has begun. The links of the user say how far it is; punctual erase goes on with it and makes the certificate.',
        schema: erasureAnswer,
      },
    },
    problems: [400],
  },
  exportUser: {
    summary: 'What is kept of a user',
    answers: { 200: { words: 'Every row, without the secrets of workers.', schema: exportAnswer } },
    problems: [400, 404],
  },
  invite: {
    ...{ summary: 'Invite somebody', body: inviteBody, idempotent: true },
    answers: {
      200: {
        words: 'It was made by an earlier call with the same Idempotency-Key.',
        schema: invitationAnswer,
      },
      201: { words: 'It is made, and its mail is on its way.', schema: invitationAnswer },
    },
    problems: [400, 404, 409],
  },
  listInvitations: {
    ...{ summary: 'Invitations of one state or to one address, the newest first of each part of the index' },
    query: invitationListQuery,
    answers: { 200: { words: 'A page of them. It may be empty and go on.', schema: invitationList } },
    problems: [400, 404],
  },
  showInvitation: {
    summary: 'An invitation',
    answers: { 200: { words: 'What it brings, and how far it is.', schema: invitationAnswer } },
    problems: [404],
  },
  resendInvitation: {
    summary: 'Send the mail of an invitation anew; links of earlier mails are dead from then on',
    answers: { 202: { words: 'Its mail is on its way.', schema: invitationAnswer } },
    problems: [404, 409],
  },
  revokeInvitation: {
    summary: 'Withdraw an invitation',
    answers: { 200: { words: 'Nobody can accept it any more.', schema: invitationAnswer } },
    problems: [404, 409],
  },
};
