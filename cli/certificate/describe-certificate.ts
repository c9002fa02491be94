import { type Line, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Certificate, ErasedSystem } from './certificate';

/** A certificate in words, for who was asked to prove it. */
export function describeCertificate(certificate: Certificate, width: number): Line[] {
  const {
    userRef,
    tenant,
    environment,
    stack,
    issuedAt,
    until,
    systems,
    messages,
    invitations,
    auth0,
    remains,
  } = certificate;
  const deleted = messages.reduce((sum, { deleted }) => sum + deleted, 0);
  return [
    [styled('green', 'valid'), '  a certificate of erasure, as it was signed'],
    `user      ${userRef}`,
    `tenant    ${tenant}`,
    `made by   ${stack}, environment ${environment}, ${issuedAt}`,
    `covers    every life that began ${until} or before`,
    '',
    ...systems.flatMap((system) => describeSystem(system, width)),
    '',
    `Auth0     ${PROFILE[auth0.profile]} ${auth0.at}`,
    `parked    ${deleted} messages deleted from ${messages.length} queues`,
    ...(invitations === undefined ? [] : [`invited   ${invitations} invitations forgot the person`]),
    '',
    'What nobody can delete from, and when it is empty of the user:',
    ...remains.flatMap(({ what, until: when }) => indented(`${when.slice(0, 10)}  ${what}`, width)),
  ];
}

const PROFILE = {
  deleted: 'profile deleted',
  'not-found': 'no profile was there',
  kept: 'profile kept',
} as const;

function describeSystem(erased: ErasedSystem, width: number): Line[] {
  const { system, accounts, readBacks, told = [] } = erased;
  return [
    [styled('bold', system)],
    describeEnd(erased),
    ...readBacks.map(({ at, requestId }) => `  no account ${at}, request ${requestId}`),
    ...told.map(({ at, requestId }) => `  told       ${at}, request ${requestId}`),
    ...accounts.flatMap((account) => indented(`account ${account}`, width)),
  ];
}

function describeEnd({ removed, byHand, told }: ErasedSystem): string {
  if (byHand) return '  an operator said that the account is gone; nobody looked';
  if (told !== undefined) return '  told to forget the user; what it did, it alone can say';
  return removed === undefined
    ? '  no account was there'
    : `  removed    ${removed.at}, request ${removed.requestId}`;
}

const indented = (words: string, width: number) => wrap(words, width - 2).map((line) => `  ${line}`);
