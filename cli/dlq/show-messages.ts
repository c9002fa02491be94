import { userRefOf } from '../../events/user-ref';
import { styled } from '../../terminal/line';
import type { QueuedMessage } from '../aws/queues';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { describeHidden } from './describe-hidden';
import { describeGroups, describeMessages, groupByCode, type ShownMessage } from './describe-messages';
import { namesIn } from './names-in';
import { readParked } from './parked-message';
import type { ParkedQueue } from './parked-queue';
import { peek } from './peek';
import { filterOf, type SelectionFlags } from './selection';

export type ShowDeps = Pick<Deps, 'outputs' | 'queues' | 'secrets' | 'screen' | 'now' | 'stopping' | 'typed'>;

export interface ShowArgs extends SelectionFlags {
  readonly limit: number;
  readonly body: boolean;
}

export const SHOW_OPTIONS = {
  limit: { type: 'number', default: 100, description: 'how many to look at, at most' },
  body: { type: 'boolean', default: false, description: 'with the bodies, which hold personal data' },
} as const;

interface Shown extends Report {
  readonly hasMessages: boolean;
}

/** Looks into a queue and leaves it as it was. */
export async function showMessages(queue: ParkedQueue, args: ShowArgs, deps: ShowDeps): Promise<Shown> {
  const { matches } = filterOf(args);
  const { messages, isEverything, hidden } = await peek(await deps.queues(), queue.url, args.limit, deps);
  const pepper = messages.length === 0 ? undefined : await readPepper(deps);
  const shown = messages.filter(matches).map((message) => describe(message, args.body, pepper));
  if (shown.length > 0) print(shown, args, deps);
  else deps.screen.print(describeNone(args, hidden));
  deps.screen.print(...describeHidden(hidden, deps.screen.width));
  if (!isEverything) deps.screen.print('', `The first ${messages.length}; --limit looks at more.`);
  return {
    hasMessages: shown.length > 0,
    json: { queue: queue.name, isEverything, hidden, codes: groupByCode(shown), messages: shown },
  };
}

function print(shown: readonly ShownMessage[], { body }: ShowArgs, { screen, now }: ShowDeps): void {
  if (body) screen.print([styled('yellow', 'Bodies hold personal data: do not paste them anywhere.')], '');
  screen.print(...describeGroups(shown, now(), screen.width), ...describeMessages(shown, now()));
}

function describeNone({ code, id }: ShowArgs, hidden: number): string {
  if (code !== undefined || id !== undefined) return 'No such message.';
  return hidden > 0 ? 'No message can be seen.' : 'The queue is empty.';
}

type RefOf = (userId: string) => string;

async function readPepper(deps: ShowDeps): Promise<RefOf | undefined> {
  const outputs = await deps.outputs();
  const tenant = outputOf(outputs, 'Auth0Tenant');
  // Without the permission to read the pepper the messages are shown all the same.
  const pepper = await (await deps.secrets())
    .read(outputOf(outputs, 'UserRefPepperArn'))
    .catch(() => undefined);
  return pepper === undefined ? undefined : (userId) => userRefOf(pepper, tenant, userId);
}

function describe(message: QueuedMessage, withBody: boolean, refOf: RefOf | undefined): ShownMessage {
  const { userId, eventId, invitation } = namesIn(message.body);
  return {
    ...readParked(message),
    ...(userId !== undefined && refOf !== undefined && { userRef: refOf(userId) }),
    ...(eventId !== undefined && { eventId }),
    ...(invitation !== undefined && { invitation }),
    ...(withBody && { body: message.body }),
  };
}
