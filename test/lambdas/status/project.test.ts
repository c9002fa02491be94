import type { DynamoDBRecord } from 'aws-lambda';
import { createLog } from '../../../lambdas/runtime/logger';
import { createMetrics } from '../../../lambdas/runtime/metrics';
import { createStreamHandler } from '../../../lambdas/status/handle-stream';
import type { LinkNotification } from '../../../lambdas/status/link-change';
import { createProject } from '../../../lambdas/status/project';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';

function setUp() {
  const notifications: LinkNotification[] = [];
  const lines: string[] = [];
  const topic = { failing: false };
  const write = (line: string) => void lines.push(line);
  const log = createLog(write, () => NOW);
  const project = createProject({
    notify: async (notification) => {
      if (topic.failing) throw new Error('SNS is away');
      notifications.push(notification);
    },
    log,
    metrics: createMetrics(write, () => NOW, 'dev'),
  });
  return {
    project,
    notifications,
    lines,
    topic,
    handler: createStreamHandler(project, async () => undefined, log),
  };
}

const change = (before?: UserLink, after?: UserLink) => ({
  id: 'change-1',
  ...(before && { before }),
  ...(after && { after }),
});

describe('a link that needs attention', () => {
  test.each(['failed', 'rejected', 'held'] as const)('is told once when it becomes %s', async (state) => {
    const { project, notifications } = setUp();
    const after = aLink({ state, code: 'conflict' });
    const verdict = `${state}:conflict`;
    await project(change(aLink(), { ...after, verdict }));
    await project(change(aLink({ verdict }), { ...after, verdict }));
    expect(notifications).toEqual([
      {
        id: 'change-1',
        system: 'crm',
        userRef: 'ref:auth0|1',
        state,
        code: 'conflict',
        eventId: 'reg_1',
        requestId: 'request-1',
        time: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  test('is told without repeating what a sender hid in the event id', async () => {
    const { project, notifications } = setUp();
    await project(change(aLink(), aLink({ state: 'failed', code: 'conflict', eventId: 'ada@example.com' })));
    expect(notifications).toMatchObject([{ eventId: '(unsafe)' }]);
  });

  test('is told when its row is removed', async () => {
    const { project, notifications } = setUp();
    await project(change(aLink({ state: 'linked' })));
    expect(notifications).toMatchObject([{ state: 'removed', system: 'crm' }]);
  });

  test('is told again when the reason changes', async () => {
    const { project, notifications } = setUp();
    await project(
      change(aLink({ state: 'held', code: 'conflict' }), aLink({ state: 'held', code: 'ambiguous' })),
    );
    expect(notifications).toHaveLength(1);
  });
});

test.each(['pending', 'linked', 'handed-over'] as const)(
  'a link that becomes %s is no news',
  async (state) => {
    const { project, notifications } = setUp();
    await project(change(undefined, aLink({ state })));
    expect(notifications).toEqual([]);
  },
);

test('the time from acceptance to link is measured once', async () => {
  const { project, lines } = setUp();
  const linked = aLink({ state: 'linked', acceptedAt: NOW - 1234, updatedAt: new Date(NOW).toISOString() });
  await project(change(aLink(), linked));
  await project(change(linked, linked));
  const metrics = lines.map((line) => JSON.parse(line)).filter(({ _aws }) => _aws);
  expect(metrics).toMatchObject([{ AcceptedToLinked: 1234, System: 'crm' }]);
});

describe('a batch of the stream', () => {
  const record = (n: number, image: object): DynamoDBRecord =>
    ({ eventID: `e${n}`, dynamodb: { SequenceNumber: `s${n}`, NewImage: image } }) as DynamoDBRecord;
  const held = { system: { S: 'crm' }, userRef: { S: 'r' }, state: { S: 'held' }, revision: { N: '1' } };

  test('is projected in order', async () => {
    const { handler, notifications } = setUp();
    expect(await handler({ Records: [record(1, held), record(2, held)] })).toEqual({ batchItemFailures: [] });
    expect(notifications.map(({ id }) => id)).toEqual(['e1', 'e2']);
  });

  test('stops at the first record that fails, so that nothing overtakes it', async () => {
    const { handler, topic } = setUp();
    topic.failing = true;
    const response = await handler({ Records: [record(1, held), record(2, held)] });
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 's1' }] });
  });

  test('writes no user id into its log', async () => {
    const { handler, lines } = setUp();
    await handler({ Records: [record(1, { ...held, user_id: { S: 'samlp|idp|ada@example.com' } })] });
    expect(lines.join()).not.toMatch(/ada|samlp/);
  });
});
