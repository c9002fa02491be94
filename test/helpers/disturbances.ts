import type { AlarmKindName } from '../../lib/monitoring/alarm-kinds';
import {
  askOfSomebody,
  deadLettersOfTopic,
  FOR_THE_WHOLE_TIME,
  failPublishing,
  fault,
  functionNamed,
  holdALink,
  nameIn,
  nextUser,
  openALink,
  post,
  register,
  sendAMail,
  sendingBySns,
  slow,
  throttle,
  untilAccepted,
  untilAnswered,
  waitMinutes,
} from './disturb';
import { invokeApi } from './invoke-api';
import type { LocalRun } from './local-run';
import { sourceQueueUrl } from './queues';
import { aRegistration, postSigned } from './signed-post';

/** What a disturbance may do to a run. */
export interface DisturbedRun {
  readonly run: LocalRun;
  /** Resolves when an alarm of the kind went off. */
  wentOff(kind: AlarmKindName): Promise<unknown>;
}

type Disturb = (disturbed: DisturbedRun) => Promise<unknown>;

/** In which an Action has given up, in real time. */
const TOO_SLOW_MS = 1_200;

/**
 * How to set off an alarm of each kind, all in one run: `crm` is down, `tickets` is not polled, `profile` is
 * throttled, and the function of `video` is slow and dies. A disturbance that would hide another's waits for it.
 */
export const DISTURBANCES: Readonly<Record<AlarmKindName, Disturb>> = {
  // No event is there yet when a run begins.
  eventApiSilence: async () => undefined,
  async eventApiErrors({ run }) {
    await failPublishing(run, { effect: 'error', status: 500, times: 3 });
    for (let call = 0; call < 3; call += 1) await post(run);
  },
  eventApiThrottling: ({ run }) => Promise.all(Array.from({ length: 40 }, () => post(run))),
  async eventApiLatency({ run }) {
    for (let period = 0; period < 2; period += 1) {
      await failPublishing(run, { effect: 'slow', delayMs: TOO_SLOW_MS, times: 2 });
      await Promise.all([post(run), post(run)]);
      await waitMinutes(run, 5);
    }
  },
  async eventTopicFailures({ run }) {
    const resource = nameIn(await sourceQueueUrl(run.aws.sqs, 'profile'));
    await fault(run, { ...sendingBySns(resource), times: 4 });
  },
  async eventTopicLosses({ run }) {
    await fault(run, { ...sendingBySns(nameIn(await deadLettersOfTopic(run))), times: 1 });
  },
  // What eventTopicFailures makes fail ends there.
  eventTopicDeadLetters: async () => undefined,
  // What signatureRejections sends ends there.
  quarantineMessages: async () => undefined,
  async systemQueueBehind({ run }) {
    const resource = nameIn(await sourceQueueUrl(run.aws.sqs, 'tickets'));
    const rule = { service: 'sqs', operation: 'ReceiveMessage', resource };
    await fault(run, { ...rule, when: 'before', effect: 'error' });
  },
  async systemQueueDeadLetters({ run }) {
    const event = { ...(await aRegistration(run, nextUser())), time: 'yesterday' };
    await untilAccepted(() => postSigned(run, event));
  },
  async connectorRetries({ run, wentOff }) {
    await wentOff('linksHeld');
    await run.control('POST', '/remotes/crm/down');
  },
  async breakerOpen({ run, wentOff }) {
    await wentOff('connectorRetries');
    await Promise.all(Array.from({ length: 30 }, () => register(run)));
  },
  async signatureRejections({ run }) {
    const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
    for (let event = 0; event < 8; event += 1) await register(run, {}, { secret });
  },
  async connectorErrors(disturbed) {
    await killNowAndThen(disturbed, 'connectorErrors', { operation: 'PutItem', caller: 'video' });
  },
  connectorThrottles: ({ run }) => run.control('POST', '/functions/profile/throttle', FOR_THE_WHOLE_TIME),
  connectorDuration: ({ run }) => slow(run, 'video', 26_000),
  async provisioningApiFailures({ run }) {
    await failApi(run, 'error', 12);
    for (let call = 0; call < 6; call += 1) await invokeApi(run, nextUser());
  },
  async provisioningApiErrors({ run, wentOff }) {
    await wentOff('provisioningApiFailures');
    await failApi(run, 'kill', 12);
    await callApiForMinutes(run, 6);
  },
  async provisioningApiDuration({ run, wentOff }) {
    await wentOff('provisioningApiErrors');
    await slow(run, 'ProvisioningApi', 27_000);
    await callApiForMinutes(run, 6);
  },
  async provisioningApiThrottles({ run, wentOff }) {
    await wentOff('provisioningApiDuration');
    await throttle(run, 'ProvisioningApi');
    await callApiForMinutes(run, 6);
  },
  linksHeld: ({ run }) => holdALink(run, 'crm'),
  // Each run of theirs asks for four shards at once.
  linkCensusErrors: ({ run }) => killQueries(run, 'LinkCensus', 12),
  // No census is there yet when a run begins, and what linkCensusThrottles keeps from running is silent again.
  linkCensusSilence: async () => undefined,
  async linkCensusThrottles({ run, wentOff }) {
    await Promise.all([wentOff('linkCensusErrors'), wentOff('linkCensusDuration'), wentOff('linksHeld')]);
    await throttle(run, 'LinkCensus');
  },
  linkCensusDuration: ({ run }) => slow(run, 'LinkCensus', 110_000),
  // Each of its runs asks nine times at once, and dies of each.
  linkSweeperErrors: ({ run }) => killQueries(run, 'LinkSweeper', 27),
  async linkSweeperThrottles({ run, wentOff }) {
    await Promise.all([wentOff('linkSweeperErrors'), wentOff('linkSweeperDuration')]);
    await throttle(run, 'LinkSweeper');
  },
  linkSweeperDuration: ({ run }) => slow(run, 'LinkSweeper', 110_000),
  async statusProjectionErrors({ run }) {
    const caller = await functionNamed(run, 'StatusProjection');
    await fault(run, { service: 'sns', operation: 'Publish', caller, when: 'before', effect: 'kill' });
  },
  async statusProjectionThrottles({ run, wentOff }) {
    await Promise.all([wentOff('statusProjectionFailures'), wentOff('statusProjectionDuration')]);
    await throttle(run, 'StatusProjection');
  },
  statusProjectionDuration: ({ run }) => slow(run, 'StatusProjection', 25_000),
  // What statusProjectionThrottles keeps from running gets older and older.
  statusProjectionBehind: async () => undefined,
  // Dying each time that it publishes, it gives up what is to be told of the link that is held.
  statusProjectionFailures: async () => undefined,
  async statusApiErrors(disturbed) {
    const caller = await functionNamed(disturbed.run, 'StatusApi');
    await killNowAndThen(disturbed, 'statusApiErrors', { operation: 'Query', caller });
  },
  async statusApiFailures({ run, wentOff }) {
    await wentOff('statusApiErrors');
    const caller = await functionNamed(run, 'StatusApi');
    const rule = { service: 'dynamodb', operation: 'Query', caller, when: 'before', effect: 'error' };
    await fault(run, { ...rule, times: 20 });
    await Promise.all(Array.from({ length: 4 }, () => untilAnswered(() => askOfSomebody(run))));
  },
  statusApiRefusals: ({ run }) => Promise.all(Array.from({ length: 20 }, () => askOfSomebody(run))),
  async statusApiThrottles({ run, wentOff }) {
    await Promise.all([wentOff('statusApiFailures'), wentOff('statusApiDuration')]);
    await throttle(run, 'StatusApi');
  },
  statusApiDuration: ({ run }) => slow(run, 'StatusApi', 8_500),
  async invitationPagesErrors(disturbed) {
    const caller = await functionNamed(disturbed.run, 'InvitationPages');
    await killNowAndThen(disturbed, 'invitationPagesErrors', { operation: 'GetItem', caller });
  },
  async invitationPagesFailures({ run, wentOff }) {
    await wentOff('invitationPagesErrors');
    const caller = await functionNamed(run, 'InvitationPages');
    const rule = { service: 'dynamodb', operation: 'GetItem', caller, when: 'before', effect: 'error' };
    await fault(run, { ...rule, times: 20 });
    await Promise.all(Array.from({ length: 4 }, () => untilAnswered(() => openALink(run))));
  },
  invitationPagesRefusals: ({ run }) => Promise.all(Array.from({ length: 20 }, () => openALink(run))),
  async invitationPagesThrottles({ run, wentOff }) {
    await Promise.all([wentOff('invitationPagesFailures'), wentOff('invitationPagesDuration')]);
    await throttle(run, 'InvitationPages');
  },
  invitationPagesDuration: ({ run }) => slow(run, 'InvitationPages', 13_000),
  invitationMailDeadLetters: ({ run }) => sendAMail(run, 'no message'),
  // A message whose function died is back after six minutes, so that its deaths are minutes of their own.
  async invitationMailErrors({ run }) {
    await failMails(run, 'kill', 3);
    await sendAMail(run);
  },
  async invitationMailDuration({ run, wentOff }) {
    await wentOff('invitationMailErrors');
    await slow(run, 'InvitationMail', 58_000);
    await sendMailsForMinutes(run, 5);
  },
  async invitationMailRetries({ run, wentOff }) {
    await wentOff('invitationMailErrors');
    await failMails(run, 'error');
    await sendAMail(run);
  },
  async invitationMailThrottles({ run, wentOff }) {
    await Promise.all([wentOff('invitationMailRetries'), wentOff('invitationMailDuration')]);
    await throttle(run, 'InvitationMail');
    await sendMailsForMinutes(run, 6);
  },
  async invitationMailBehind({ run, wentOff }) {
    await wentOff('invitationMailThrottles');
    const resource = nameIn(run.outputs.InvitationMailQueueUrl ?? '');
    const rule = { service: 'sqs', operation: 'ReceiveMessage', resource };
    await fault(run, { ...rule, when: 'before', effect: 'error' });
    await sendAMail(run);
  },
};

async function failApi(run: LocalRun, effect: 'error' | 'kill', times: number): Promise<void> {
  const caller = await functionNamed(run, 'ProvisioningApi');
  await fault(run, { service: 'dynamodb', operation: 'Query', caller, when: 'before', effect, times });
}

async function callApiForMinutes(run: LocalRun, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await invokeApi(run, nextUser()).catch(() => undefined);
    await waitMinutes(run, 1);
  }
}

/** One death a minute until the alarm goes off: three bad minutes are wanted, and many calls at once would be one. */
async function killNowAndThen(
  { run, wentOff }: DisturbedRun,
  kind: AlarmKindName,
  call: { readonly operation: string; readonly caller: string },
): Promise<void> {
  let isOver = false;
  const end = wentOff(kind).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await fault(run, { service: 'dynamodb', ...call, when: 'before', effect: 'kill', times: 1 });
    await waitMinutes(run, 1);
  }
  await end;
}

async function failMails(run: LocalRun, effect: 'error' | 'kill', times?: number): Promise<void> {
  const caller = await functionNamed(run, 'InvitationMail');
  const rule = { service: 'dynamodb', operation: 'GetItem', caller, when: 'before', effect };
  await fault(run, { ...rule, ...(times !== undefined && { times }) });
}

async function sendMailsForMinutes(run: LocalRun, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await sendAMail(run);
    await waitMinutes(run, 1);
  }
}

async function killQueries(run: LocalRun, construct: string, times: number): Promise<void> {
  const caller = await functionNamed(run, construct);
  await fault(run, {
    service: 'dynamodb',
    operation: 'Query',
    caller,
    when: 'before',
    effect: 'kill',
    times,
  });
}
