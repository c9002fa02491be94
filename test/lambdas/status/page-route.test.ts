import { createPageRoute, deadEndPage } from '../../../lambdas/status/api/page-route';
import { NOW } from '../../helpers/events';
import { aCall, aStatusToken, CLAIMS, SETTINGS, STATE, setUp } from './helpers/a-login';

async function pageOf(query: Record<string, string | undefined>, { headers = {}, settings = SETTINGS } = {}) {
  const run = setUp({ settings });
  const route = createPageRoute({
    ...run.session,
    settings,
    pageUrl: 'https://api.example/',
    socketUrl: 'wss://socket.example/live',
  });
  const answer = await route(aCall({ headers, queryStringParameters: query }));
  return {
    ...answer,
    body: String(answer.body),
    headers: answer.headers as Record<string, string>,
    asked: run.asked,
  };
}

const waiting = async (claims: object = {}, query: object = {}, more = {}) =>
  pageOf({ session_token: await aStatusToken(claims), state: STATE, ...query }, more);

const directive = (csp: string | undefined, name: string) =>
  csp?.split('; ').find((each) => each.startsWith(`${name} `));

test('shows how things stand, and leads back to the login that the Action named', async () => {
  const { statusCode, body } = await waiting();
  expect(statusCode).toBe(200);
  expect(body).toContain(`action="https://login.acme.com/continue?state=${STATE}"`);
  expect(body).toContain('Customer file');
});

describe('the headers', () => {
  test('let the page do nothing but what it is for', async () => {
    const { headers } = await waiting();
    const csp = headers['content-security-policy'];
    expect(csp).not.toMatch(/unsafe|\*/);
    expect(directive(csp, 'default-src')).toBe("default-src 'none'");
    expect(directive(csp, 'frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(directive(csp, 'form-action')).toBe('form-action https://login.acme.com https://app.acme.com');
    expect(directive(csp, 'connect-src')).toBe('connect-src https://api.example wss://socket.example');
    expect(directive(csp, 'script-src')).toMatch(/^script-src 'sha256-[\w+/=]{44}'$/);
    expect(headers).toMatchObject({
      ...{
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
      ...{ 'strict-transport-security': 'max-age=31536000', 'x-frame-options': 'DENY' },
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(headers).not.toHaveProperty('refresh');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('cross-origin-opener-policy');
  });

  test('let the form lead to the tenant alone where the login ends at no application', async () => {
    const { headers } = await waiting({ app: undefined });
    expect(directive(headers['content-security-policy'], 'form-action')).toBe(
      'form-action https://login.acme.com',
    );
  });

  test('are of one line, whatever the token and the query say', async () => {
    const hostile = '"></script><img src=x>\r\nset-cookie: a=b';
    const { headers, body } = await waiting({ languages: hostile, connection: hostile, ip: hostile });
    expect(Object.values(headers).join('')).not.toMatch(/[\r\n]/);
    expect(body).not.toContain('<img src=x>');
  });
});

describe('what comes from outside stays text:', () => {
  test('a state of markup', async () => {
    const state = `"'><svg/onload=alert(1)>&amp;</script>`;
    const { statusCode, body } = await waiting({}, { state });
    expect(statusCode).toBe(200);
    expect(body).not.toContain('<svg');
    expect(body).toContain(`/continue?state=${encodeURIComponent(state).replaceAll("'", '&#39;')}`);
    expect(body.match(/<\/script>/g)).toHaveLength(2);
  });

  test('a label of markup', async () => {
    const [first, ...others] = SETTINGS.systems;
    const hostile = { ...first, name: 'crm', required: true, label: '</script><script>alert(1)</script>' };
    const { body } = await waiting({}, {}, { settings: { ...SETTINGS, systems: [hostile, ...others] } });
    expect(body).not.toContain('<script>alert');
  });
});

describe('a person gets a clear page', () => {
  test.each([
    ['no token', { state: STATE }, 400],
    ['a forged token', { session_token: 'a.b.c', state: STATE }, 400],
  ])('for %s', async (_, query, status) => {
    const { statusCode, body, headers, asked } = await pageOf(query);
    expect(statusCode).toBe(status);
    expect(body).toContain('This link does not work');
    expect(body).not.toContain('<script');
    expect(directive(headers['content-security-policy'], 'form-action')).toBe("form-action 'none'");
    expect(asked).toEqual([]);
  });

  test('for a token without a state', async () => {
    expect((await waiting({}, { state: undefined })).statusCode).toBe(400);
  });

  test('for a token that is too old', async () => {
    const { statusCode, body } = await waiting({ exp: NOW / 1000 - 1 });
    expect(statusCode).toBe(410);
    expect(body).toContain('This page has expired');
    expect(body).toContain('<a id="back" href="https://app.acme.com">');
  });

  test.each<[string, object]>([
    ['to an app on a phone', { app: 'com.acme.app:' }],
    ['to what is no address', { app: 'javascript:alert(1)' }],
    ['from a token that somebody else signed', { app: 'https://app.acme.com', signedBy: 'X'.repeat(44) }],
  ])('leads nobody back %s', async (_, { signedBy, ...claims }: { signedBy?: string }) => {
    const token = await aStatusToken({ exp: NOW / 1000 - 1, ...claims }, signedBy);
    const { body } = await waiting({}, { session_token: token });
    expect(body).not.toContain('id="back"');
  });

  test('where nothing can be told', () => {
    const { statusCode, body } = deadEndPage('unavailable', aCall({}), { settings: SETTINGS });
    expect(statusCode).toBe(503);
    expect(body).toContain('cannot be shown just now');
  });
});

test('speaks the language of the login, else the one of the browser', async () => {
  const german = { headers: { 'accept-language': 'de-AT,de;q=0.9' } };
  expect((await waiting({ languages: 'fr' }, {}, german)).body).toContain('<html lang="fr"');
  expect((await waiting({}, {}, german)).body).toContain('<html lang="de"');
  expect((await pageOf({}, german)).body).toContain('<html lang="de"');
});

test('is the same again for whoever asks again, such as a scanner of mails', async () => {
  const token = await aStatusToken(CLAIMS);
  const ask = () => pageOf({ session_token: token, state: STATE });
  expect((await ask()).body).toBe((await ask()).body);
});
