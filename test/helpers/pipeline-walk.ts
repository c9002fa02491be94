import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import type { AccessRequest } from '../../local/iam/access-request';
import { functionNamed, nameIn, sendingBySns } from './disturb';
import { queueUrl, sourceQueueUrl } from './queues';
import {
  askReadiness,
  getPage,
  notedSockets,
  openSocket,
  type PageSocket,
  snapshotOf,
  statusToken,
} from './status-page';
import { giveAtOnce, invited, makeAhead, openLink, redeemAtLogin } from './walk-invitations';
import { bounce, parkMail, throttleMail } from './walk-mails';
import {
  ALL_SYSTEMS,
  areOff,
  askForAccount,
  censuses,
  changeOwn,
  comeDue,
  delays,
  erase,
  isLogged,
  linkedEverywhere,
  listHeld,
  nextUser,
  parked,
  purge,
  REMOTE,
  refOf,
  register,
  rejected,
  SYSTEMS,
  stateOfAlarm,
  tellDeletion,
  until,
  type WalkedRun,
  workedOff,
} from './walk-steps';

/** Goes one way through the pipeline, resolves when its end is reached, and leaves nothing behind. */
export type Journey = (walked: WalkedRun) => Promise<unknown>;

const isReady = ({ heard }: PageSocket, name: string) =>
  heard.some(
    (message) => message.type === 'standing' && message.system === name && message.standing === 'ready',
  );

const CENSUS = 'a census is taken';
const LEAVER = 'the account of a user who was deleted goes everywhere';
const ASKED = 'a person asks for an account with their token';
const SWEPT = 'an invitation ends by the clock, and with it who was made ahead for it';
const ALARM = 'an alarm sends a mail';

/** Every way that an event, a message or a change takes, so that together they use every permission. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  async 'a registration becomes an account in every system'(walked) {
    const { run } = walked;
    const user = await register(walked);
    await linkedEverywhere(walked, user);
    await until(walked, 'what was logged of it', async () =>
      isLogged(await run.logs(), await refOf(run, user)),
    );
    await until(walked, 'the access log', async () => ((await run.logs())['api-access'] ?? []).length > 0);
    await workedOff(walked);
  },
  async 'a table that fails makes every connector try again'(walked) {
    const { run } = walked;
    const resource = run.outputs.UserLinkTableName;
    const rule = { service: 'dynamodb', operation: 'PutItem', resource, when: 'before', effect: 'error' };
    const before = await delays(run);
    for (const caller of SYSTEMS) await run.control('POST', '/faults', { ...rule, caller });
    const user = await register(walked);
    const isDelayed = (now: readonly number[]) => now.every((count, at) => count > (before[at] ?? 0));
    await until(walked, 'a delay in every system', async () => isDelayed(await delays(run)));
    await run.control('DELETE', '/faults');
    await linkedEverywhere(walked, user);
  },
  async 'an event that its sender may not send ends in quarantine'(walked) {
    const user = await register(walked, { type: 'user.deleted' });
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user, ALL_SYSTEMS.length);
    await workedOff(walked);
  },
  async 'an event of an unknown type ends in quarantine'(walked) {
    const user = await register(walked, { type: 'user.renamed' });
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user);
  },
  async 'an event that no connector can read is parked by each'(walked) {
    const user = await register(walked, { type: 'user.deleted', time: 'yesterday' });
    const find = (name: string) => queueUrl(walked.run.aws.sqs, `system${name}-`, 'systemqueuedead');
    for (const system of ALL_SYSTEMS) await parked(walked, await find(system), user);
    await workedOff(walked);
  },
  async 'an event that a queue does not take waits beside the topic'(walked) {
    const { run } = walked;
    const resource = nameIn(await sourceQueueUrl(run.aws.sqs, REMOTE));
    await run.control('POST', '/faults', { ...sendingBySns(resource), times: 1 });
    await parked(walked, run.outputs.EventTopicDeadLetterQueueUrl, await register(walked));
  },
  async 'an account that a system refuses is told to the team'(walked) {
    const userRef = await rejected(walked);
    await until(walked, 'a notification', async () =>
      (await walked.notifications()).some((notification) => notification.userRef === userRef),
    );
  },
  async 'a change that cannot be told is kept as a failure'(walked) {
    const { run } = walked;
    const caller = await functionNamed(run, 'StatusProjection');
    const rule = { service: 'sns', operation: 'Publish', caller, when: 'before', effect: 'error' };
    await run.control('POST', '/faults', rule);
    await rejected(walked);
    await parked(walked, run.outputs.ProjectionFailureQueueUrl, 'StreamBatchInfo');
    await run.control('DELETE', '/faults');
  },
  async [CENSUS](walked) {
    const before = await censuses(walked.run);
    await until(walked, 'a census', async () => (await censuses(walked.run)) > before);
  },
  async [LEAVER](walked) {
    const user = await invited(walked);
    await tellDeletion(walked, user);
    await linkedEverywhere(walked, user, 'deprovisioning', ALL_SYSTEMS);
    await comeDue(walked, user);
    await until(walked, 'accounts that are off', async () => areOff(await walked.run.links(user)));
    await comeDue(walked, user);
    // A tombstone does not say whose it is.
    await until(walked, 'tombstones', async () => (await walked.run.links(user)).length === 0);
    await workedOff(walked);
  },
  async [ASKED](walked) {
    const { run } = walked;
    const user = nextUser();
    // Whoever may not be counted among those who wait does not wait.
    const { status, headers } = await askForAccount(walked, user);
    if (!headers.has('preference-applied')) throw new Error(`Nobody may wait: ${status}`);
    await until(walked, 'the account', async () => (await askForAccount(walked, user)).status === 200);
    const isAnswered = (line: string) => line.includes('call answered');
    await until(walked, 'what was logged of it', async () =>
      Object.values(await run.logs())
        .flat()
        .some(isAnswered),
    );
    await workedOff(walked);
  },
  async 'a person changes what is their own'(walked) {
    const { status } = await changeOwn(walked);
    if (status !== 200) throw new Error(`The API answered ${status}`);
    await workedOff(walked);
  },
  'somebody who is there already is given what an invitation brings': giveAtOnce,
  'somebody redeems in a login': redeemAtLogin,
  'somebody opens the link of an invitation': openLink,
  'an invitation is withdrawn, and with it who was made ahead for it': (walked) =>
    makeAhead(walked, 'revocation'),
  [SWEPT]: (walked) => makeAhead(walked, 'expiry'),
  'the mail of an invitation bounces': bounce,
  'the mail of an invitation is not taken at first': throttleMail,
  'what is no mail is parked': parkMail,
  async 'an administrator lists what is held'(walked) {
    const { status } = await listHeld(walked);
    if (status !== 200) throw new Error(`The API answered ${status}`);
  },
  async 'a person who waits at login sees their accounts come'(walked) {
    const { run } = walked;
    const user = nextUser();
    const token = await statusToken(run, user);
    const page = await getPage(run, token);
    if (page.status !== 200) throw new Error(`The page answered ${page.status}.`);
    const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
    socket.ask(token);
    await until(walked, 'how things stand', async () => socket.heard.length > 0);
    await register(walked, {}, user);
    // Whoever closes before the last of them has their page forgotten, which is another journey.
    await until(walked, 'news of every account', async () => SYSTEMS.every((name) => isReady(socket, name)));
    await socket.close();
    await workedOff(walked);
  },
  async 'a page that was closed is forgotten'(walked) {
    const { run } = walked;
    const user = nextUser();
    const token = await statusToken(run, user);
    const socket = await openSocket(run, (await snapshotOf(run, token)).ticket);
    socket.ask(token);
    await until(walked, 'how things stand', async () => socket.heard.length > 0);
    await socket.close();
    await register(walked, {}, user);
    await linkedEverywhere(walked, user);
    const ref = await refOf(run, user);
    await until(walked, 'that nobody listens', async () =>
      (await notedSockets(run)).every(({ userRef }) => userRef !== ref),
    );
    await workedOff(walked);
  },
  async 'a page that is not believed leaves a line'(walked) {
    const { run } = walked;
    const lines = async () =>
      Object.values(await run.logs())
        .flat()
        .filter((line) => line.includes('"refused"') && line.includes('ANY /')).length;
    const before = await lines();
    await getPage(run, 'a.b.c');
    await until(walked, 'a line', async () => (await lines()) > before);
  },
  async 'the Action asks how far somebody is'({ run }) {
    const answer = await askReadiness(run, { user_id: nextUser() });
    if (answer.status !== 200) throw new Error(`The status API answered ${answer.status}.`);
  },
  async 'an administrator has a user erased'(walked) {
    const { run } = walked;
    const user = nextUser();
    const { status } = await erase(walked, user);
    if (status !== 202) throw new Error(`The API answered ${status}`);
    await until(walked, 'a look into every system', async () => {
      const links = await run.links(user);
      return links.length > 0 && links.every(({ next }) => next === 'verify');
    });
    await workedOff(walked);
  },
  async 'an operator signs a certificate'({ run }) {
    const Message = Buffer.alloc(32, 1);
    const asked = { Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const KeyId = run.outputs.CertificateKeyArn;
    await run.aws.kms.send(new GetPublicKeyCommand({ KeyId }));
    await run.aws.kms.send(new SignCommand({ KeyId, ...asked }));
  },
  async [ALARM](walked) {
    const { run } = walked;
    // Another alarm, which an earlier journey set off, may send its mail meanwhile.
    const isOfIt = ({ subject }: { subject: string }) => /^ALARM: ".*-quarantine-messages"/.test(subject);
    const mails = async () =>
      (await run.control<{ subject: string }[]>('GET', '/mails')).filter(isOfIt).length;
    // Only an alarm that is off goes off. What a journey before sent may still be on its way to the queue.
    await until(walked, 'an alarm that is off', async () => {
      await purge(run, run.outputs.QuarantineQueueUrl);
      return (await stateOfAlarm(run)) !== 'ALARM';
    });
    const before = await mails();
    await register(walked, { type: 'user.renamed' });
    await until(walked, 'a mail', async () => (await mails()) > before);
    await purge(run, run.outputs.QuarantineQueueUrl);
  },
};

/** The journey of what happens by itself, whichever journey is being walked. */
export function ofItself({ principal, resource }: AccessRequest): string | undefined {
  const who = principal.kind === 'role' ? principal.arn : principal.name;
  if (`${who} ${resource}`.includes('LinkCensus')) return CENSUS;
  if (`${who} ${resource}`.includes('LinkSweeper')) return isOfInvitations(resource) ? SWEPT : LEAVER;
  return who === 'cloudwatch.amazonaws.com' ? ALARM : undefined;
}

const isOfInvitations = (resource: string) => /Invitation|Management/.test(resource);
