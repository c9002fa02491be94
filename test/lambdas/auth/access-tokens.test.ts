import { createAccessTokens, REPLACE_AFTER_MS } from '../../../lambdas/auth/access-tokens';
import { createSecretToken } from '../../../lambdas/auth/bearer-token';
import type { TokenEndpoint } from '../../../lambdas/auth/token-endpoint';
import { DIALECTS } from '../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../lambdas/connectors/scim/scim-connector';
import { type HttpAnswer, HttpError, type HttpRequest } from '../../../lambdas/runtime/http';
import { createSecrets } from '../../../lambdas/runtime/secrets';
import { anAccountRequest } from '../../helpers/account-request';
import { anAnswer } from '../../helpers/an-answer';
import { NOW } from '../../helpers/events';

const CLIENT = JSON.stringify({ client_id: 'punctual:1', client_secret: 's3c ret/+' });
const OTHER = JSON.stringify({ client_id: 'punctual:1', client_secret: 'another' });

const issued = (text: string, more: object = {}) =>
  anAnswer(200, { access_token: text, token_type: 'Bearer', expires_in: 600, ...more });

type Reply = HttpAnswer | Error | ((request: HttpRequest) => HttpAnswer);

function setUp(replies: Reply[], endpoint: Partial<TokenEndpoint> = {}, secrets: string[] = [CLIENT]) {
  const clock = { now: NOW };
  const asked: HttpRequest[] = [];
  let left = secrets;
  const token = createAccessTokens({
    endpoint: { tokenUrl: 'https://idp.example.com/oauth/token', authMethod: 'basic', ...endpoint },
    credentials: async ({ fresh }) => {
      if (fresh && left.length > 1) left = left.slice(1);
      return left[0] ?? '';
    },
    http: async (request) => {
      asked.push(request);
      const reply = replies[Math.min(asked.length, replies.length) - 1] as Reply;
      if (reply instanceof Error) throw reply;
      return typeof reply === 'function' ? reply(request) : reply;
    },
    ...{ timeoutMs: 5000, now: () => clock.now },
  });
  return { token, asked, clock };
}

describe('the endpoint is asked', () => {
  test('with the client in a header, encoded as in a form, and no more than is wanted', async () => {
    const { token, asked } = setUp([issued('t-1')]);
    expect(await token()).toBe('t-1');
    const [request] = asked;
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://idp.example.com/oauth/token',
      timeoutMs: 5000,
    });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const shown = Buffer.from(request?.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
    expect(shown).toBe('punctual%3A1:s3c+ret%2F%2B');
    expect(request?.body).toBe('grant_type=client_credentials');
  });

  test('with the client in the body, a scope and an audience', async () => {
    const endpoint = { authMethod: 'post', scope: 'users read', audience: 'https://crm' } as const;
    const { token, asked } = setUp([issued('t-1')], endpoint);
    await token();
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      ...{ grant_type: 'client_credentials', scope: 'users read', audience: 'https://crm' },
      ...{ client_id: 'punctual:1', client_secret: 's3c ret/+' },
    });
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  test('once by however many wait, and again shortly before the token ends', async () => {
    const { token, asked, clock } = setUp([issued('t-1'), issued('t-2')]);
    expect(await Promise.all([token(), token(), token()])).toEqual(['t-1', 't-1', 't-1']);
    clock.now += 539_000;
    expect(await token()).toBe('t-1');
    clock.now += 1_000;
    expect(await token()).toBe('t-2');
    expect(asked).toHaveLength(2);
  });

  test.each([
    [{ expires_in: '60' }, 48_000],
    [{ expires_in: undefined }, 240_000],
    [{ expires_in: -1 }, 240_000],
    [{ expires_in: 'soon' }, 240_000],
    [{ expires_in: 1e12 }, 3_600_000],
  ])('again for a token of %j after %i milliseconds', async (said, ms) => {
    const { token, asked, clock } = setUp([issued('t-1', said)]);
    await token();
    clock.now += ms - 1;
    await token();
    expect(asked).toHaveLength(1);
    clock.now += 1;
    await token();
    expect(asked).toHaveLength(2);
  });
});

describe('a token that is refused', () => {
  test('is replaced once, by however many were refused with it', async () => {
    const { token, asked } = setUp([issued('t-1'), issued('t-2')]);
    await token();
    expect(await Promise.all([token('t-1'), token('t-1')])).toEqual(['t-2', 't-2']);
    expect(await token('t-1')).toBe('t-2');
    expect(asked).toHaveLength(2);
  });

  test('is not replaced again and again by a system that refuses every one', async () => {
    const { token, asked, clock } = setUp([issued('t-1'), issued('t-2'), issued('t-3')]);
    await token();
    await token('t-1');
    expect(await token('t-2')).toBe('t-2');
    expect(asked).toHaveLength(2);
    clock.now += REPLACE_AFTER_MS;
    expect(await token('t-2')).toBe('t-3');
  });
});

describe('a client that is refused', () => {
  const invalid = anAnswer(401, { error: 'invalid_client' });

  test('is looked at again: there may be another by now', async () => {
    const { token, asked } = setUp([invalid, issued('t-1')], {}, [CLIENT, OTHER]);
    expect(await token()).toBe('t-1');
    expect(asked).toHaveLength(2);
    expect(asked[0]?.headers.authorization).not.toBe(asked[1]?.headers.authorization);
  });

  test.each([401, 400, 403])('fails with remote-unauthorized when there is none (%i)', async (status) => {
    const same = setUp([anAnswer(status, { error: 'invalid_client' })]);
    await expect(same.token()).rejects.toMatchObject({ code: 'remote-unauthorized' });
    expect(same.asked).toHaveLength(1);
    const other = setUp([invalid], {}, [CLIENT, OTHER]);
    await expect(other.token()).rejects.toMatchObject({ code: 'remote-unauthorized' });
    expect(other.asked).toHaveLength(2);
  });

  test.each(['', 'text', 'null', '[]', '{"client_id":"a"}', '{"client_id":1,"client_secret":"b"}'])(
    'is one that is written as %j, and is not sent',
    async (written) => {
      const { token, asked } = setUp([issued('t-1')], {}, [written]);
      await expect(token()).rejects.toMatchObject({ code: 'remote-unauthorized' });
      expect(asked).toEqual([]);
      expect(await setUp([issued('t-1')], {}, [written, CLIENT]).token()).toBe('t-1');
    },
  );
});

describe('an endpoint that gives no token', () => {
  test.each<[string, Reply, string, number | undefined]>([
    ['is down', new HttpError('unreachable'), 'token-unavailable', undefined],
    ['does not answer', new HttpError('timeout'), 'token-unavailable', undefined],
    ['answers without end', new HttpError('too-large'), 'token-unavailable', undefined],
    ['has a defect', anAnswer(500), 'token-unavailable', undefined],
    ['asks for time', anAnswer(429, '', { 'retry-after': '7' }), 'token-unavailable', 7_000],
    ['is somewhere else', anAnswer(302, '', { location: 'https://evil' }), 'remote-misconfigured', undefined],
    ['is not there', anAnswer(404), 'remote-misconfigured', undefined],
    ['answers with a page', anAnswer(200, '<html>'), 'token-unavailable', undefined],
    ['gives another kind of token', issued('t', { token_type: 'mac' }), 'token-unavailable', undefined],
    ['gives an empty one', issued(''), 'token-unavailable', undefined],
    ['gives one that ends a header', issued('t\r\nevil: 1'), 'token-unavailable', undefined],
    ['gives a number', issued(7 as never), 'token-unavailable', undefined],
  ])('because it %s fails, and is asked again by the next call', async (_what, reply, code, retryAfterMs) => {
    const { token } = setUp([reply, issued('t-1')]);
    await expect(token()).rejects.toMatchObject({ code, retryAfterMs });
    expect(await token()).toBe('t-1');
  });
});

describe('a connector', () => {
  const request = anAccountRequest({ email: 'ada@example.com' });
  const none = anAnswer(200, { totalResults: 0 });

  function calling(token: (refused?: string) => Promise<string>, good: string) {
    const shown: (string | undefined)[] = [];
    const connector = createScimConnector({
      ...{ baseUrl: 'https://crm.example.com/scim/v2', dialect: DIALECTS.rfc, token },
      http: async ({ headers }) => {
        shown.push(headers.authorization);
        return headers.authorization === `Bearer ${good}` ? none : anAnswer(401);
      },
      ...{ timeoutMs: 5000, now: () => NOW },
    });
    return { connector, shown };
  }

  test('whose token ended in the middle calls once more with another', async () => {
    const { connector, shown } = calling(setUp([issued('t-1'), issued('t-2')]).token, 't-2');
    expect(await connector.find(request)).toEqual({ kind: 'none' });
    expect(shown).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  test('whose every token is refused fails with remote-unauthorized after two calls', async () => {
    const { connector, shown } = calling(setUp([issued('t-1'), issued('t-2')]).token, 'none');
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'remote-unauthorized' });
    expect(shown).toHaveLength(2);
  });

  test('that gets no token fails with the code that says so, and did nothing', async () => {
    const { connector, shown } = calling(setUp([anAnswer(503)]).token, 't-1');
    await expect(connector.create(request)).rejects.toMatchObject({ code: 'token-unavailable' });
    expect(shown).toEqual([]);
  });

  test('reads the secret of a token again once it is refused', async () => {
    const clock = { now: NOW };
    const values = ['old', 'new'];
    const secrets = createSecrets(
      async () => values.shift() ?? 'new',
      () => clock.now,
    );
    const { connector, shown } = calling(createSecretToken(secrets, 'arn'), 'new');
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'remote-unauthorized' });
    clock.now += 60_000;
    expect(await connector.find(request)).toEqual({ kind: 'none' });
    expect(shown).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
  });
});
