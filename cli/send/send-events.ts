import type { UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import type { OurIssuer } from '../../events/issuers';
import { styled } from '../../terminal/line';
import { audited, type Tell } from '../audit/audited';
import { CliError, usageError } from '../cli-error';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { readSigningSecret } from '../keys/signing-key';
import { quoted } from '../quoted';
import { outputOf } from '../target/outputs';
import { deliverEvent, type Receipt } from './deliver-event';
import { type Destination, plainRequest, postRequest } from './event-request';
import { numberedEvent } from './numbered-event';
import type { EventFlags } from './read-event';
import { sendPaced } from './send-paced';

export type SendDeps = Pick<
  Deps,
  | 'outputs'
  | 'secrets'
  | 'apiKeys'
  | 'audit'
  | 'fetch'
  | 'screen'
  | 'typed'
  | 'now'
  | 'clock'
  | 'pause'
  | 'stopping'
  | 'readText'
>;

export interface SendArgs extends EventFlags {
  readonly file?: string | undefined;
  readonly plain: boolean;
  readonly count: number;
  readonly rate: number;
}

export async function sendEvents(args: SendArgs, deps: SendDeps): Promise<Report> {
  const { file, plain, count, rate } = args;
  if (!Number.isInteger(count) || count < 1) throw usageError('--count is a whole number from 1');
  if (!(rate > 0)) throw usageError('--rate is a number above 0');
  if (file === undefined && args.userId === undefined)
    throw usageError('Give --user-id, or a file with an event');
  // Asking for the outputs first also tells what time AWS thinks it is, which the event is stamped with.
  const url = outputOf(await deps.outputs(), 'EventApiUrl');
  // Loading the schema of events takes as long as all the rest.
  const { readEvent } = require('./read-event') as typeof import('./read-event');
  const event = await readEvent(file, flagsOf(args), deps);
  const issuer = issuerOf(event, plain);
  const [apiKey, signingSecret] = await Promise.all([readApiKeyValue(deps), readSigningSecret(deps, issuer)]);
  const entry = { act: 'send', subject: event.type };
  const { receipts, outcome, counts } = await audited(deps, entry, (tell) =>
    sendAll(event, args, { url, apiKey, signingSecret }, { ...deps, tell }),
  );
  if (count === 1) describeOne(event, receipts[0], deps);
  else deps.screen.print(`${counts.sent} of ${count} accepted.`);
  return { exitCode: outcome === 'done' ? 0 : 1, json: { accepted: counts.sent, events: receipts } };
}

function flagsOf({ type, userId, email, emailVerified, username, ...args }: SendArgs): EventFlags {
  const { createdAt, updatedAt, attribute, connection, strategy, system, country, id } = args;
  const user = { userId, email, emailVerified, username, createdAt, updatedAt, attribute };
  return { type, ...user, connection, strategy, system, country, id };
}

/** What an operator may say by hand, and whose key signs it. An erasure has a command of its own. */
const ISSUERS: Partial<Record<EventType, OurIssuer>> = {
  'user.registered': 'actions',
  'user.logged-in': 'actions',
  'user.provision-requested': 'punctual',
};

// A worker would reject it, long after this command said that it was accepted.
function issuerOf({ type, data }: UserEvent, plain: boolean): OurIssuer {
  const issuer = ISSUERS[type];
  if (issuer === undefined) {
    const words = `This command may send ${Object.keys(ISSUERS).join(', ')}, not ${type}`;
    throw new CliError('not-allowed', words, 'docs/contract.md says who signs which type', 2);
  }
  if (plain && type !== 'user.registered')
    throw usageError(`The plain interface sends user.registered, not ${type}`);
  if (plain && data.country !== undefined)
    throw usageError('The plain interface knows the user alone: no --country');
  return issuer;
}

/** So many receipts are kept for `--json`, however many events are sent. */
const MOST_RECEIPTS = 1_000;

interface Sent extends Receipt {
  readonly eventId: string;
}

async function sendAll(
  event: UserEvent,
  { plain, count, rate }: SendArgs,
  to: Destination,
  deps: SendDeps & { readonly tell: Tell },
) {
  const receipts: Sent[] = [];
  let sent = 0;
  const makeRequest = plain ? plainRequest : postRequest;
  const bar = deps.screen.progress(count, 'sending');
  const sendOne = async (number: number) => {
    const one = count === 1 ? event : numberedEvent(event, number);
    const receipt = await deliverEvent(() => makeRequest(one, to, deps.now()), deps);
    sent += 1;
    if (receipts.length < MOST_RECEIPTS) receipts.push({ eventId: one.id, ...receipt });
    deps.tell({ sent });
    bar.update(sent);
  };
  await sendPaced(count, rate, sendOne, deps)
    .finally(() => bar.stop())
    .catch((error) => {
      throw sent === 0 ? error : afterSome(error, `${sent} of ${count} were accepted before`);
    });
  const outcome = sent === count ? ('done' as const) : ('stopped' as const);
  return { outcome, receipts, counts: { sent } };
}

function afterSome(error: unknown, words: string): unknown {
  if (!(error instanceof CliError)) return error;
  return new CliError(error.code, `${error.message}; ${words}`, error.hint, error.exitCode);
}

function describeOne(event: UserEvent, receipt: Sent | undefined, { screen, typed }: SendDeps): void {
  if (receipt === undefined) return;
  screen.print(
    [styled('green', 'accepted'), `  ${event.type}, event ${receipt.eventId}`],
    `request   ${receipt.requestId}`,
    `follow    ${typed(`status ${quoted(event.data.user.user_id)} --watch`)}`,
  );
}
