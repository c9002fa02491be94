import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventType } from '../../../../events/event-types';
import { type Explanation, explanation } from '../../../../events/explanation';
import { auth0Explained } from '../../../../lambdas/connectors/auth0/auth0-explained';
import type { Connector } from '../../../../lambdas/connectors/connector';
import type { Over } from '../../../../lambdas/connectors/connector-handler';
import { EVENTBRIDGE_EXPLAINED } from '../../../../lambdas/connectors/eventbridge/eventbridge-explained';
import { createEventBridgeHandover } from '../../../../lambdas/connectors/eventbridge/eventbridge-handover';
import { createProfileConnector } from '../../../../lambdas/connectors/profile/profile-connector';
import { PROFILE_EXPLAINED } from '../../../../lambdas/connectors/profile/profile-explained';
import { DIALECTS, type Dialect } from '../../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../../lambdas/connectors/scim/scim-connector';
import { scimExplained } from '../../../../lambdas/connectors/scim/scim-explained';
import type { BusEvent } from '../../../../lambdas/connectors/transport';
import { webhookExplained } from '../../../../lambdas/connectors/webhook/webhook-explained';
import { createWebhookHandover } from '../../../../lambdas/connectors/webhook/webhook-handover';
import { HttpError, type HttpRequest } from '../../../../lambdas/runtime/http';
import { SCIM_RULES } from '../../../../lib/connectors/mapping-rules-of';
import { sameNames } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { anEvent, NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { anExplainingWorker, type ExplainingSettings, stepOf } from './helpers/an-explaining-worker';

const BASE = 'https://crm.example.com/scim/v2';
const TOKEN = 'a-token-that-nobody-sees';
const ADA = {
  id: 'acc-1',
  externalId: 'acme/dev/auth0|1',
  userName: 'ada@example.com',
  active: true,
  emails: [{ value: 'old@example.com', primary: true }],
};

/** A SCIM server that shows `resources`, by their ids and to every filter that one of them fits. */
function scim(
  resources: readonly object[] = [],
  given: Partial<ExplainingSettings> & { readonly dialect?: Dialect } = {},
) {
  const { dialect = DIALECTS.rfc } = given;
  const requests: HttpRequest[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    const { pathname, searchParams } = new URL(request.url);
    const value = /"(.*)"/.exec(searchParams.get('filter') ?? '')?.[1];
    const fitting = resources.filter((one) => JSON.stringify(one).includes(`"${value}"`));
    const byId = resources.find((one) => (one as typeof ADA).id === pathname.split('/').at(-1));
    const list = { totalResults: fitting.length, Resources: fitting };
    const body = value === undefined ? byId : list;
    return body === undefined ? anAnswer(404, {}) : anAnswer(200, body);
  };
  const over: Over = (transport) =>
    createScimConnector({
      ...{ baseUrl: BASE, dialect, http: transport.http, timeoutMs: 1000, now: () => NOW },
      token: async () => TOKEN,
    });
  const worker = anExplainingWorker({
    ...{ over, kind: scimExplained(BASE), rules: SCIM_RULES },
    transport: { http, dynamoDb: { send: failing }, putEvent: failing },
    ...given,
  });
  return { ...worker, requests };
}

function profile(row: object | undefined, given: Partial<ExplainingSettings> = {}) {
  const sent: unknown[] = [];
  const send = async (command: unknown) => {
    sent.push(command);
    return row === undefined ? {} : { Item: row };
  };
  const over: Over = ({ dynamoDb }) => createProfileConnector(dynamoDb, 'Profiles', { plan: 'free' });
  const worker = anExplainingWorker({
    ...{ over, kind: PROFILE_EXPLAINED, rules: sameNames('email', 'username') },
    transport: { http: failing, dynamoDb: { send: send as never }, putEvent: failing },
    ...given,
  });
  return { ...worker, sent };
}

function webhook(given: Partial<ExplainingSettings> = {}) {
  const requests: HttpRequest[] = [];
  const over: Over = ({ http }) =>
    createWebhookHandover({
      ...{ url: 'https://hooks.example.com/in', http, timeoutMs: 1000, now: () => NOW },
      parties: { source: 'urn:punctual:acme:dev', system: 'crm' },
      keys: async () => 'A'.repeat(44),
    });
  const worker = anExplainingWorker({
    ...{ over, kind: webhookExplained('https://hooks.example.com/in'), rules: sameNames('email') },
    transport: {
      http: async (request) => {
        requests.push(request);
        throw new Error('sent');
      },
      dynamoDb: { send: failing },
      putEvent: failing,
    },
    ...given,
  });
  return { ...worker, requests };
}

const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/accounts';

function eventbridge(given: Partial<ExplainingSettings> = {}) {
  const put: BusEvent[] = [];
  const parties = { source: 'urn:punctual:acme:dev', system: 'crm' };
  const over: Over = ({ putEvent }) => createEventBridgeHandover({ bus: BUS, parties, putEvent });
  const worker = anExplainingWorker({
    ...{ over, kind: EVENTBRIDGE_EXPLAINED, rules: sameNames('email') },
    transport: {
      ...{ http: failing, dynamoDb: { send: failing } },
      putEvent: async (event) => void put.push(event),
    },
    ...given,
  });
  return { ...worker, put };
}

const failing = async (): Promise<never> => {
  throw new Error('not of this kind');
};

const updated = () => anEvent({ type: 'user.updated', user: { updated_at: '2026-11-20T09:59:59.500Z' } });
const LINKED = aLink({
  state: 'linked',
  accountId: 'acc-1',
  ownership: 'created',
  applied: 'something else',
});

describe('a user who has no account yet', () => {
  test('is explained in five steps, to the request that would make it', async () => {
    const { ask, requests, table } = scim();
    const explained = await ask({ event: updated() });
    expect(explanation.parse(explained)).toEqual(explained);
    expect(explained.steps.map(({ name, is, words }) => [name, is, words])).toEqual([
      ['scope', 'well', 'the system is for everybody'],
      ['find', 'well', 'no account'],
      ['match', 'well', 'not asked: the system has no rules'],
      ['plan', 'well', 'the account is brought to what is wanted; then the link is linked'],
      ['send', 'well', 'one request, not sent now'],
    ]);
    const [request] = stepOf(explained, 'send').requests;
    expect(request).toMatchObject({ line: `POST ${BASE}/Users`, sent: false });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(table.state.writes).toBe(0);
  });

  test('gets each attribute with its reason', async () => {
    const { attributes } = stepOf(await scim().ask({ event: updated() }), 'plan');
    expect(attributes?.map(({ to, act, why }) => [to, act, why])).toEqual([
      ['userName', 'set', 'the account is made with it'],
      ['displayName', 'set', 'the account is made with it'],
      ['name.givenName', 'leave', 'the event does not say'],
      ['name.familyName', 'leave', 'the event does not say'],
      ['emails', 'set', 'the account is made with it'],
    ]);
  });

  test('is named by no word of theirs, unless somebody asks for it; the token is shown to nobody', async () => {
    const masked = JSON.stringify(await scim().ask({ event: updated() }));
    const revealed = JSON.stringify(await scim().ask({ event: updated(), reveal: true }));
    for (const text of ['ada@example.com', 'auth0|1']) {
      expect(masked).not.toContain(text);
      expect(revealed).toContain(text);
    }
    expect(masked + revealed).not.toContain(TOKEN);
  });
});

describe('a user who has an account', () => {
  test('is told what changes, what is right already and why', async () => {
    const explained = await scim([ADA], { link: LINKED }).ask({ event: updated() });
    expect(stepOf(explained, 'find')).toMatchObject({
      is: 'well',
      words: 'one account; it carries our externalId',
    });
    const { attributes } = stepOf(explained, 'plan');
    expect(attributes?.map(({ to, act, why }) => [to, act, why])).toEqual([
      ['userName', 'leave', 'the account shows it already'],
      ['displayName', 'set', 'the account shows another one'],
      ['name.givenName', 'leave', 'the event does not say'],
      ['name.familyName', 'leave', 'the event does not say'],
      ['emails', 'set', 'the account shows another one'],
    ]);
    expect(stepOf(explained, 'send').requests.map(({ line }) => line)).toEqual([`PATCH ${BASE}/Users/•••`]);
  });

  test('is looked for although a message would end before that', async () => {
    const link = aLink({ ...LINKED, version: NOW + 1 });
    const { ask, requests } = scim([], { link });
    const explained = await ask({ event: updated() });
    expect(stepOf(explained, 'plan').words).toMatch(/^stale: /);
    expect(stepOf(explained, 'find').words).toBe('no account');
    expect(stepOf(explained, 'send').words).toBe('nothing: the message ends before that');
    expect(requests).toHaveLength(2);
  });

  test('is explained by link and look-ups alone where nobody knows their attributes', async () => {
    const explained = await scim([ADA], { link: LINKED }).ask();
    expect(explained.steps.map(({ name, is }) => [name, is])).toEqual([
      ['scope', 'unknown'],
      ['find', 'well'],
      ['match', 'well'],
      ['plan', 'unknown'],
      ['send', 'unknown'],
    ]);
  });

  test('is told of the last failure in plain words', async () => {
    const link = aLink({ state: 'failed', code: 'remote-timeout', attempts: 7 });
    const { lastFailure } = await scim([], { link }).ask();
    expect(lastFailure).toMatchObject({
      state: 'failed',
      code: 'remote-timeout',
      words: 'The system did not answer in time.',
      attempts: 7,
    });
  });
});

test.each(Object.entries(DIALECTS))('a change in the words of %s is kept and masked', async (_, dialect) => {
  const worker = scim([ADA], { link: LINKED, dialect });
  const explained = await worker.ask({ event: updated() });
  const [request] = stepOf(explained, 'send').requests;
  expect(request?.line).toMatch(/^(PATCH|PUT) .*Users\/•••$/);
  expect(JSON.stringify(explained)).not.toMatch(/ada@|old@|auth0\|1/);
  expect(worker.requests.every(({ method }) => method === 'GET')).toBe(true);
});

describe('a server that takes whole accounts only', () => {
  const dialect: Dialect = { ...DIALECTS.rfc, patch: 'put' };
  const KEPT = { ...ADA, title: 'Countess', nickName: 'kept-of-the-system' };
  const bodyOf = (explained: Explanation) => {
    const { requests } = stepOf(explained, 'send');
    return requests.map(({ line, sent, body }) => ({ method: line.split(' ')[0], sent, body }));
  };

  test('is shown the whole account as it would be sent, once, and nothing of it is sent', async () => {
    const worker = scim([KEPT], { link: LINKED, dialect });
    const explained = await worker.ask({ event: updated(), reveal: true });
    expect(explanation.parse(explained)).toEqual(explained);
    const body = {
      ...KEPT,
      displayName: 'ada@example.com',
      emails: [{ value: 'ada@example.com', primary: true }],
    };
    expect(bodyOf(explained)).toMatchObject([{ method: 'PUT', sent: false, body }]);
    expect(stepOf(explained, 'send').words).toBe('one request, not sent now');
    expect(worker.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('is masked with all that the system keeps of somebody', async () => {
    const explained = await scim([KEPT], { link: LINKED, dialect }).ask({ event: updated() });
    expect(JSON.stringify(explained)).not.toMatch(/ada@|old@|auth0\|1|Countess|kept-of-the-system/);
    expect(bodyOf(explained)).toMatchObject([{ method: 'PUT', body: { title: '•••', active: true } }]);
  });

  test('is shown the account switched off', async () => {
    const event = anEvent({ type: 'user.blocked', user: { updated_at: '2026-11-20T09:59:59.500Z' } });
    const explained = await scim([KEPT], { link: LINKED, dialect }).ask({ event, reveal: true });
    expect(bodyOf(explained)).toMatchObject([
      { method: 'PUT', sent: false, body: { ...KEPT, active: false } },
    ]);
  });

  test('is shown a change and a switch one after the other, the second with what the first would have left', async () => {
    const link = aLink({ ...LINKED, state: 'disabled', blocked: true, blockedAt: 1 });
    const event = anEvent({ type: 'user.unblocked', user: { updated_at: '2026-11-20T09:59:59.500Z' } });
    const off = { ...KEPT, active: false };
    const explained = await scim([off], { link, dialect }).ask({ event, reveal: true });
    const emails = [{ value: 'ada@example.com', primary: true }];
    expect(bodyOf(explained)).toMatchObject([
      { method: 'PUT', body: { active: false, emails } },
      { method: 'PUT', body: { active: true, emails } },
    ]);
  });
});

describe('rules', () => {
  const adoption = {
    correlate: [{ attribute: 'userName', from: 'email' }],
    adopt: true,
    trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
  };
  const stranger = { ...ADA, externalId: undefined };
  const connection = { name: 'users', strategy: 'auth0' };

  test('find an account that the event does not prove to be theirs, and say what would', async () => {
    const event = anEvent({ type: 'user.updated', connection, user: { email_verified: true } });
    const explained = await scim([stranger], { adoption }).ask({ event });
    const match = stepOf(explained, 'match');
    expect(match).toMatchObject({ is: 'stops', requests: [{ sent: true, answer: 'HTTP 200' }] });
    expect(match.details).toContain("The event does not vouch for the user's address; a login would.");
    expect(stepOf(explained, 'plan').words).toMatch(/^conflict: /);
  });

  test('find one that a login proves, and the request that would take it over is not sent', async () => {
    const event = anEvent({ type: 'user.logged-in', connection, user: { email_verified: true } });
    const worker = scim([stranger], { adoption });
    const explained = await worker.ask({ event });
    expect(stepOf(explained, 'match')).toMatchObject({ is: 'well' });
    expect(stepOf(explained, 'send').requests.map(({ line, sent }) => [line, sent])).toEqual([
      [`PATCH ${BASE}/Users/•••`, false],
    ]);
    expect(new Set(worker.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

describe('what cannot be found out', () => {
  test('a look-up without an answer is said so, and so is what the message would come to', async () => {
    const http = async (): Promise<never> => {
      throw new HttpError('timeout');
    };
    const explained = await scim([], {
      transport: { http, dynamoDb: { send: failing }, putEvent: failing },
    }).ask({
      event: updated(),
    });
    expect(stepOf(explained, 'find')).toMatchObject({
      is: 'unknown',
      words: 'not answered: remote-timeout: The system did not answer in time.',
      requests: [{ sent: true, answer: 'timeout' }],
    });
    expect(stepOf(explained, 'plan').words).toMatch(/^tried again later: remote-timeout/);
  });

  test.each([
    ['open', { state: 'open', since: NOW, openings: 1, probeAt: NOW + 1000 }],
    ['due for a probe', { state: 'open', since: NOW, openings: 1, probeAt: NOW }],
    ['pausing', { state: 'closed', since: NOW, openings: 0, pausedUntil: NOW + 1000 }],
  ] as const)(
    'a system whose breaker is %s is not called, and no state of it is touched',
    async (_, breaker) => {
      const { ask, requests, state, table } = scim([ADA], { breaker });
      const explained = await ask({ event: updated() });
      expect(requests).toEqual([]);
      expect(stepOf(explained, 'find')).toMatchObject({ is: 'unknown' });
      expect(stepOf(explained, 'find').words).toMatch(/^nobody looked: (breaker-open|remote-throttled)/);
      expect([state.writes, table.state.writes]).toEqual([0, 0]);
    },
  );

  test.each([
    ['{', 'malformed-json'],
    [JSON.stringify({ ...anEvent(), type: 'no.such' }), 'unknown-type'],
    [JSON.stringify(anEvent({ user: { user_id: '\u0000' } })), 'invalid-user-id'],
  ])('the event %j is refused with its code', async (event, code) => {
    const explained = await scim().ask({ event });
    expect(stepOf(explained, 'scope')).toMatchObject({ is: 'stops' });
    expect(stepOf(explained, 'scope').words).toContain(code);
  });

  test('a scope says which of its conditions fits', async () => {
    const scope = {
      where: [
        { of: 'email', exists: true },
        { of: 'app_metadata_role', oneOf: ['staff'] },
      ],
    };
    const event = anEvent({ type: 'user.updated', user: { app_metadata_role: 'guest' } });
    const step = stepOf(await scim([], { scope }).ask({ event }), 'scope');
    expect(step).toMatchObject({ is: 'stops', words: 'the user is outside' });
    expect(step.details).toEqual(['email: fits', 'app_metadata_role: does not fit']);
  });

  test('the connections of the user say why there is no account', async () => {
    const jit = { default: true, except: ['github'] };
    const event = anEvent({ type: 'user.updated', connections: ['github'] });
    const step = stepOf(await scim([], { jit }).ask({ event }), 'scope');
    expect(step).toMatchObject({ is: 'stops', details: ['connection github: brings none'] });
    expect(step.words).toMatch(/^jit-off: /);
    const silent = stepOf(await scim([], { jit }).ask({ event: anEvent() }), 'scope');
    expect(silent).toMatchObject({
      is: 'stops',
      details: ['Nobody said by which connection the user comes.'],
    });
    const linked = anEvent({ type: 'user.updated', connections: ['github', 'staff'] });
    expect(stepOf(await scim([], { jit }).ask({ event: linked }), 'scope')).toMatchObject({
      is: 'well',
      details: ['connection github: brings none', 'connection staff: brings an account'],
    });
  });

  test('fails with a word that names nobody', async () => {
    const over = () => {
      throw new Error('ada@example.com');
    };
    await expect(scim([], { over }).ask()).rejects.toThrow('nothing could be explained: Error');
  });
});

describe('a system that is told', () => {
  test('is explained as far as it goes: the message, and that nobody can look', async () => {
    const { ask, requests } = webhook();
    const explained = await ask({ event: updated() });
    expect(stepOf(explained, 'find').words).toMatch(/^nobody can look/);
    expect(stepOf(explained, 'plan').words).toMatch(/then the link is handed-over$/);
    const [request] = stepOf(explained, 'send').requests;
    expect(request).toMatchObject({
      line: 'POST https://hooks.example.com/in',
      headers: { 'webhook-signature': '•••' },
      body: {
        type: 'account.wanted',
        data: { wanted: 'present', externalId: '•••', attributes: { email: '•••' } },
      },
      sent: false,
    });
    expect(requests).toEqual([]);
  });

  test('on a bus is explained to the event, which is not put', async () => {
    const { ask, put } = eventbridge();
    const [request] = stepOf(await ask({ event: updated() }), 'send').requests;
    expect(request).toEqual({
      line: `PutEvents ${BUS}`,
      headers: {},
      body: {
        ...{ source: 'urn:punctual:acme:dev', type: 'account.wanted', time: expect.any(String) },
        detail: {
          ...{ specversion: '1.0', id: expect.stringMatching(/^msg_/), source: 'urn:punctual:acme:dev' },
          ...{ type: 'account.wanted', time: expect.any(String), datacontenttype: 'application/json' },
          data: {
            ...{ system: 'crm', wanted: 'present', sequence: 1, version: expect.any(Number) },
            user: { user_id: '•••', created_at: '•••' },
            externalId: '•••',
            attributes: { email: '•••' },
          },
        },
      },
      sent: false,
    });
    const shown = stepOf(await ask({ event: updated(), reveal: true }), 'send').requests[0];
    expect(shown).toMatchObject({ body: { detail: { data: { externalId: 'acme/dev/auth0|1' } } } });
    expect(put).toEqual([]);
  });
});

const TYPES: readonly EventType[] = [
  'user.registered',
  'user.logged-in',
  'user.updated',
  'user.blocked',
  'user.unblocked',
  'user.deleted',
  'user.erase-requested',
  'link.due',
];
const LINKS = [
  undefined,
  LINKED,
  aLink({ state: 'disabled', accountId: 'acc-1', ownership: 'created', blocked: true }),
  aLink({ state: 'linked', accountId: 'acc-1', ownership: 'created', next: 'disable', dueAt: 0 }),
  aLink({ state: 'deprovisioning', accountId: 'acc-1', ownership: 'created', next: 'delete', dueAt: 0 }),
  aLink({ state: 'held', code: 'conflict', chosen: { accountId: 'acc-1', ownership: 'adopted' } }),
  aLink({ state: 'pending', creation: 'unknown' }),
];

describe.each(TYPES)('%s', (type) => {
  const user = { updated_at: '2026-11-20T09:59:59.500Z' };
  const system = type === 'link.due' ? { system: 'crm' } : {};
  const event = anEvent({ type, user, ...system });

  test.each(LINKS.map((link) => [link?.state ?? 'no link', link] as const))(
    'of a user with %s changes nothing, whatever kind the system is of',
    async (_, link) => {
      for (const resources of [[], [ADA], [{ ...ADA, externalId: undefined, active: false }]]) {
        const ofScim = scim(resources, { link });
        const ofProfile = profile(resources.length === 0 ? undefined : { user_id: 'auth0|1', ...ADA }, {
          link,
        });
        const ofWebhook = webhook({ link });
        const ofBus = eventbridge({ link });
        const before = JSON.stringify([...ofScim.table.rows]);
        for (const worker of [ofScim, ofProfile, ofWebhook, ofBus]) {
          const explained = await worker.ask({ event });
          expect(explanation.parse(explained)).toEqual(explained);
          expect(explained.steps.flatMap(({ requests }) => requests).every(isAllowed)).toBe(true);
          expect([worker.table.state.writes, worker.state.writes]).toEqual([0, 0]);
        }
        expect(ofScim.requests.every(({ method }) => method === 'GET')).toBe(true);
        expect(ofProfile.sent.every((command) => command instanceof GetCommand)).toBe(true);
        expect([ofWebhook.requests, ofBus.put]).toEqual([[], []]);
        expect(JSON.stringify([...ofScim.table.rows])).toBe(before);
      }
    },
  );
});

const isAllowed = ({ line, sent }: { readonly line: string; readonly sent: boolean }) =>
  sent === /^(GET |GetItem$)/.test(line);

test('a profile is explained by the write that would make it', async () => {
  const explained = await profile(undefined).ask({ event: updated() });
  expect(stepOf(explained, 'send').requests).toMatchObject([
    {
      line: 'PutItem',
      sent: false,
      body: { TableName: 'Profiles', Item: { email: '•••', plan: '•••', user_id: '•••' } },
    },
  ]);
});

test('a connector that looks up by a request that may change something is not let to', async () => {
  const over: Over = ({ http }) =>
    ({
      find: async () => {
        await http({ method: 'POST', url: `${BASE}/.search`, headers: {}, body: '{}', timeoutMs: 1 });
        return { kind: 'none' };
      },
    }) as unknown as Connector;
  const { ask, requests } = scim([], { over });
  const find = stepOf(await ask({ event: updated() }), 'find');
  expect(find).toMatchObject({ is: 'unknown', requests: [{ sent: false }] });
  expect(find.words).toBe('not answered: it may change something, so it was not sent');
  expect(requests).toEqual([]);
});

describe('of a system that gives people what invitations bring', () => {
  const { hears = [] } = auth0Explained('acme.eu.auth0.com');
  const worker = () => scim([], { kind: { ...scimExplained(BASE), hears } });
  const registered = { type: 'user.registered' } as const;

  test('an event that never comes to it makes nothing, and parks nothing', async () => {
    const explained = await worker().ask({ event: anEvent(registered) });
    expect(stepOf(explained, 'scope')).toMatchObject({
      is: 'stops',
      words:
        'the system is not told of user.registered, but of invitation.accepted, user.deleted, user.erase-requested, link.due',
    });
    expect(stepOf(explained, 'find').words).toBe('no account');
    for (const name of ['plan', 'send'] as const) {
      expect(stepOf(explained, name)).toMatchObject({
        ...{ is: 'well', words: 'nothing: the event does not come here', requests: [] },
      });
    }
  });

  test('an event that does is explained like any other', async () => {
    const explained = await worker().ask({ event: anEvent({ type: 'user.deleted' }) });
    expect(stepOf(explained, 'scope').words).not.toContain('not told');
  });
});
