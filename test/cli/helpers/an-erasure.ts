import { generateKeyPairSync } from 'node:crypto';
import type { Certificate } from '../../../cli/certificate/certificate';
import { CliError } from '../../../cli/cli-error';
import { type EraseArgs, eraseUser } from '../../../cli/erase/erase';
import { verifyCertificate } from '../../../cli/erase/verify';
import { userRefOf } from '../../../events/user-ref';
import { claimedToErase, lookedInto, READ_BACK, settled } from '../../../lambdas/user-links/erasure';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { signDigest } from '../../../local/aws/kms/sign-digest';
import { aLink } from '../../helpers/links';
import { aScreen } from './a-screen';
import {
  anAudit,
  CRM_DLQ_URL,
  CRM_URL,
  NOW,
  outputs,
  QUARANTINE_URL,
  surroundings,
  TOPIC_DLQ_URL,
} from './deps';
import { aParked, queuesInMemory } from './queues-in-memory';

export const USER = 'auth0|1';
export const REF = userRefOf('pepper', 'acme.eu.auth0.com', USER);
const GENERATION = '2026-11-01T08:00:00.000Z';
export const MINUTE = 60_000;

const args = (given: Partial<EraseArgs> = {}): EraseArgs => ({
  ...{ userId: USER, keepAuth0: true, yes: true },
  ...given,
});

export const aRow = (system: string, fields: Partial<UserLink> = {}) =>
  aLink({
    ...{ userRef: REF, system, user_id: USER, state: 'linked', accountId: `acc-${system}` },
    ...{ ownership: 'created', generation: GENERATION, ...fields },
  });

/** A stack with two systems, whose workers do what they are asked for while the command waits. */
export function setUpErasure(
  rows: readonly UserLink[] = [aRow('crm'), aRow('help-desk')],
  values: Record<string, string> = {},
) {
  const table = new Map(rows.map((row) => [row.system, row]));
  const state = { now: NOW, stuck: '', sent: [] as string[], onPause: (): unknown => undefined };
  const screen = aScreen();
  const audit = anAudit();
  const saved = new Map<string, string>();
  const contents = {
    [CRM_DLQ_URL]: [aParked(), aParked({ userId: 'auth0|2' })],
    [QUARANTINE_URL]: [aParked()],
  };
  const queues = queuesInMemory(
    { ...contents, [TOPIC_DLQ_URL]: [] },
    {
      ...{ [CRM_URL]: CRM_DLQ_URL, [outputs().values.QueueUrlHelpDesk ?? '']: 'https://sqs/0/help-desk-dlq' },
      ...Object.fromEntries(Object.values(values).map((url) => [url, `${url}-dlq`])),
    },
  );
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const work = () => {
    state.now += 6 * MINUTE;
    for (const link of table.values()) {
      if (link.next === undefined || link.system === state.stuck || state.sent.length === 0) continue;
      const claim = {
        ...link,
        lease: { token: 't', until: state.now + 1 },
        now: state.now,
        eventId: 'e',
        requestId: 'r',
      };
      const mine = claimedToErase(link, claim as never);
      const accounts = link.accountId === undefined ? [] : [`hash of ${link.accountId}`];
      table.set(
        link.system,
        settled(
          lookedInto(mine, { accounts, removed: link.next === 'erase', told: undefined }, [], state.now),
          READ_BACK,
          state.now,
        ),
      );
    }
  };
  const around = surroundings();
  const known = outputs({
    EnvironmentName: 'prod',
    PunctualSecretArn: 'punctual',
    CertificateKeyArn: 'arn:key',
    ...values,
  });
  const deps = {
    ...around,
    ...screen,
    ...audit,
    outputs: async () => known,
    describeStack: async () => ({ status: 'UPDATE_COMPLETE', outputs: known.values }),
    now: () => state.now,
    pause: async () => {
      state.onPause();
      work();
    },
    linkRows: async () => ({
      get: async (_: string, __: string, system: string) => table.get(system),
      replace: async (_: string, link: UserLink, previous: UserLink | undefined) => {
        if (table.get(link.system) !== previous) throw new CliError('link-changed', 'changed');
        table.set(link.system, link);
      },
    }),
    links: async () => ({
      ofUser: async () => [...table.values()],
      unsettled: () => Promise.reject(),
      scan: () => Promise.reject(),
    }),
    queues: queues.queues,
    secrets: async () => ({
      read: async (arn: string) =>
        arn === 'punctual' ? 'c2VjcmV0LW9mLXB1bmN0dWFsLWFsb25lLTI0Ynl0ZXM=' : 'pepper',
      write: async () => undefined,
    }),
    apiKeys: async () => ({
      ofPlan: async () => [{ id: 'k', enabled: true, createdAt: 0 }],
      value: async () => 'key',
    }),
    fetch: async (_: unknown, init: { body?: unknown } = {}) => {
      state.sent.push(String(init.body));
      return new Response('{"messageId":"m","requestId":"r"}', { status: 202 });
    },
    environment: {},
    signer: async () => ({
      publicKey: async () => keys.publicKey.export({ type: 'spki', format: 'der' }),
      sign: async (_: string, digest: Uint8Array) => signDigest(Buffer.from(digest), keys.privateKey),
    }),
    saveText: async (file: string, text: string) => void saved.set(file, text),
    readText: async (file: string) => saved.get(file) ?? '',
  };
  const run = (given: Partial<EraseArgs> = {}) => eraseUser(args(given), deps as never);
  const certificate = async () => {
    const [file = ''] = saved.keys();
    const { json } = await verifyCertificate({ file }, deps as never);
    return (json as { certificate: Certificate }).certificate;
  };
  return { run, table, state, screen, audit, saved, queues, deps, keys, certificate, stop: around.stop };
}
