import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService, ServiceOutput } from '../service';
import { busArnOf } from './bus-arn';
import type { EntryAnswer, EventBuses, PutAnswer, PutEntry } from './event-buses';

/** 1 MiB for all entries of a call, as a call of AWS has. */
const MOST_BYTES = 1_048_576;
const MOST_ENTRIES = 10;
const OF_TIME_BYTES = 14;

const ENTRY = z.object({
  EventBusName: z.string().default('default'),
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  Time: z.number().optional(),
  Resources: z.array(z.string()).default([]),
});
type Entry = z.output<typeof ENTRY>;

const CALL = z.object({ Entries: z.array(ENTRY).min(1).max(MOST_ENTRIES) });

export interface EventsServiceDeps {
  readonly buses: EventBuses;
  /** Whether EventBridge may use the key of the bus. */
  readonly mayEncrypt: (busArn: string) => boolean;
}

/** Events for the buses of the template, and for those that are there already. */
export function createEventsService(deps: EventsServiceDeps): AwsService {
  return {
    name: 'events',
    resourceOf: (_, { Entries }) =>
      (Entries as { EventBusName?: string }[] | undefined)?.[0]?.EventBusName?.split('/').at(-1),
    async handle(operation, input) {
      if (operation !== 'PutEvents') throw unsupportedOperation('events', operation);
      return putAll(deps, read(input));
    },
    close: async () => undefined,
  };
}

function read(input: Record<string, unknown>): readonly Entry[] {
  const call = CALL.safeParse(input);
  if (!call.success) throw new AwsError('ValidationException', z.prettifyError(call.error));
  const { Entries } = call.data;
  const bytes = Entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes <= MOST_BYTES) return Entries;
  throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

// Source: "Calculating PutEvents event entry size" in the user guide of EventBridge.
function bytesOf({ Time, Source, DetailType, Detail, Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources].map((text) => Buffer.byteLength(text));
  return texts.reduce((sum, bytes) => sum + bytes, Time === undefined ? 0 : OF_TIME_BYTES);
}

async function putAll(deps: EventsServiceDeps, entries: readonly Entry[]): Promise<ServiceOutput> {
  const answers: PutAnswer[] = [];
  for (const entry of entries) answers.push(await put(deps, entry));
  const body = answers.find(({ instead }) => instead !== undefined)?.instead;
  const FailedEntryCount = answers.filter(({ entry }) => 'ErrorCode' in entry).length;
  const json = { FailedEntryCount, Entries: answers.map(({ entry }) => entry) };
  return body === undefined ? { json } : { json, body };
}

async function put({ buses, mayEncrypt }: EventsServiceDeps, entry: Entry): Promise<PutAnswer> {
  const refused = refusalOf(entry);
  if (refused !== undefined) return { entry: refused };
  const busArn = busArnOf(entry.EventBusName);
  let answer: PutAnswer = { entry: { EventId: randomUUID() } };
  // As AWS: what nobody may read, and what is for a bus that is not there, counts as taken and is gone.
  if (!mayEncrypt(busArn)) return answer;
  const event: PutEntry = { source: entry.Source, type: entry.DetailType, detail: entry.Detail };
  for (const listener of buses.listenersOf(busArn)) answer = await listener(event, answer.entry);
  return answer;
}

function refusalOf({ Source, DetailType, Detail }: Entry): EntryAnswer | undefined {
  if (Source === '' || DetailType === '' || Detail === '')
    return failed('InvalidArgument', 'Parameter Source, DetailType or Detail is not valid.');
  if (Source.startsWith('aws.'))
    return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return isObject(Detail) ? undefined : failed('MalformedDetail', 'Detail is malformed.');
}

const failed = (ErrorCode: string, ErrorMessage: string): EntryAnswer => ({ ErrorCode, ErrorMessage });

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
