import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { RejectedError } from '../../../../lambdas/connectors/connector';
import { createEventBridgeHandover } from '../../../../lambdas/connectors/eventbridge/eventbridge-handover';
import { createPutEvent } from '../../../../lambdas/connectors/eventbridge/put-event';
import { meteredPut } from '../../../../lambdas/connectors/gate/metered';
import type { HandoverOrder } from '../../../../lambdas/connectors/hand-over/handover';
import { handoverMessage } from '../../../../lambdas/connectors/hand-over/handover-message';
import { anAccountRequest, sameNames } from '../../../helpers/account-request';
import { NOW } from '../../../helpers/events';

const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/accounts';
const PARTIES = { source: 'urn:punctual:acme.eu.auth0.com:dev', system: 'payroll' };
const TAKEN = { FailedEntryCount: 0, Entries: [{ EventId: 'b1e3f6a0' }] };
const ORDER: HandoverOrder = {
  ...{ id: 'msg_1', wanted: 'present', version: NOW, sequence: 3, since: NOW },
  request: anAccountRequest({ email: 'zoë@example.com' }, { rules: sameNames('email') }),
};

function aBus(answer: (command: PutEventsCommand) => Promise<unknown> = async () => TAKEN) {
  const calls: PutEventsCommand['input'][] = [];
  const send = async (command: PutEventsCommand) => {
    calls.push(command.input);
    return answer(command);
  };
  const client = { send } as unknown as Pick<EventBridgeClient, 'send'>;
  const putEvent = createPutEvent(client, 5_000);
  return { handover: createEventBridgeHandover({ bus: BUS, parties: PARTIES, putEvent }), putEvent, calls };
}

const failureOf = async (answer: () => Promise<unknown>) => {
  const failure = await aBus(answer)
    .handover.deliver(ORDER)
    .catch((error) => error);
  return [failure.code, failure instanceof RejectedError ? failure.detail : 'comes back'];
};

test('puts one event on the bus: what a webhook is told, with what a rule can ask for beside it', async () => {
  const { handover, calls } = aBus();
  await handover.deliver(ORDER);
  expect(calls).toEqual([
    {
      Entries: [
        {
          EventBusName: BUS,
          Source: PARTIES.source,
          DetailType: 'account.wanted',
          Time: new Date(NOW),
          Detail: expect.any(String),
        },
      ],
    },
  ]);
  const detail = JSON.parse(calls[0]?.Entries?.[0]?.Detail ?? '');
  expect(detail).toEqual(handoverMessage(ORDER, PARTIES));
  expect(detail).toMatchObject({ id: 'msg_1', data: { attributes: { email: 'zoë@example.com' } } });
});

test.each([
  ['enabled', 'account.wanted-enabled'],
  ['disabled', 'account.wanted-disabled'],
  ['absent', 'account.unwanted'],
  ['erased', 'account.wanted-erased'],
] as const)('an account that is to be %s has the type %s', async (wanted, type) => {
  const { handover, calls } = aBus();
  await handover.deliver({ ...ORDER, wanted });
  expect(calls[0]?.Entries?.[0]?.DetailType).toBe(type);
});

test.each([
  ['ThrottlingException', 'remote-throttled'],
  ['InternalFailure', 'remote-unavailable'],
  ['InternalException', 'remote-unavailable'],
  ['AccessDeniedException', 'remote-unauthorized'],
  ['NotAuthorizedForSourceException', 'remote-unauthorized'],
  ['NotAuthorizedForDetailTypeException', 'remote-unauthorized'],
  ['InvalidAccountIdException', 'remote-unauthorized'],
  ['InvalidArgument', 'remote-misconfigured'],
  ['ResourceNotFoundException', 'remote-misconfigured'],
  ['SomethingNewOf2027', 'remote-misconfigured'],
])('an entry that fails with %s comes back with %s, although HTTP says 200', async (ErrorCode, code) => {
  const Entries = [{ ErrorCode, ErrorMessage: 'of ada@example.com' }];
  expect(await failureOf(async () => ({ FailedEntryCount: 1, Entries }))).toEqual([code, 'comes back']);
});

test.each(['MalformedDetail', 'ValidationException', 'RedactionFailure'])(
  'rejects an entry that fails with %s, and says no more than its name',
  async (ErrorCode) => {
    const Entries = [{ ErrorCode, ErrorMessage: 'of ada@example.com' }];
    const failure = await failureOf(async () => ({ FailedEntryCount: 1, Entries }));
    expect(failure).toEqual(['remote-rejected', ErrorCode]);
  },
);

test.each([
  ['no entries', {}],
  ['an empty list', { FailedEntryCount: 0, Entries: [] }],
  ['an entry that says nothing', { FailedEntryCount: 0, Entries: [{}] }],
  ['more than was put', { FailedEntryCount: 0, Entries: [{ EventId: '1' }, { EventId: '2' }] }],
])('fails over an answer with %s', async (_, answer) => {
  expect(await failureOf(async () => answer)).toEqual(['remote-invalid-answer', 'comes back']);
});

const ofAws = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error('of ada@example.com'), {
    name,
    $metadata: httpStatusCode === undefined ? {} : { httpStatusCode },
  });

test.each([
  [ofAws('ThrottlingException', 400), 'remote-throttled', 'comes back'],
  [ofAws('TooManyRequests', 429), 'remote-throttled', 'comes back'],
  [ofAws('InternalException', 500), 'remote-unavailable', 'comes back'],
  [ofAws('Unknown', 503), 'remote-unavailable', 'comes back'],
  [ofAws('AccessDeniedException', 400), 'remote-unauthorized', 'comes back'],
  [ofAws('ExpiredTokenException', 400), 'remote-unauthorized', 'comes back'],
  [ofAws('CredentialsProviderError'), 'remote-unauthorized', 'comes back'],
  [ofAws('ResourceNotFoundException', 400), 'remote-misconfigured', 'comes back'],
  [ofAws('ValidationException', 400), 'remote-rejected', 'ValidationException'],
  [ofAws('Unknown', 413), 'remote-rejected', 'HTTP 413'],
  [ofAws('TimeoutError'), 'remote-timeout', 'comes back'],
  [ofAws('ECONNRESET'), 'remote-unavailable', 'comes back'],
  [Object.assign(new SyntaxError(), { $metadata: {} }), 'remote-invalid-answer', 'comes back'],
  ['a text', 'remote-unavailable', 'comes back'],
])('a call that fails with %s fails with %s', async (error, ...expected) => {
  expect(await failureOf(() => Promise.reject(error))).toEqual(expected);
});

test('waits for its turn, and is not sent without one', async () => {
  const { putEvent, calls } = aBus();
  const none = meteredPut(putEvent, () => Promise.reject(new Error('no turn')));
  const handover = createEventBridgeHandover({ bus: BUS, parties: PARTIES, putEvent: none });
  await expect(handover.deliver(ORDER)).rejects.toThrow('no turn');
  expect(calls).toEqual([]);
});
