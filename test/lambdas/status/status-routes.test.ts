import { decodeJwt } from 'jose';
import { toBase64 } from '../../../events/base64';
import type { SigningKey } from '../../../events/key-ring';
import { sign } from '../../../events/signature';
import { createActionSignature } from '../../../lambdas/status/api/action-signature';
import { createReadinessRoute } from '../../../lambdas/status/api/readiness-route';
import { createSnapshotRoute } from '../../../lambdas/status/api/snapshot-route';
import { NOW } from '../../helpers/events';
import { aCall, aStatusToken, REF, refOf, STATE, setUp } from './helpers/a-login';

describe('POST /snapshot', () => {
  const post = async (body: unknown, more: object = {}) => {
    const { session, asked } = setUp();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await createSnapshotRoute(session)(aCall({ body: text, ...more }));
    return {
      status: answer.statusCode,
      body: JSON.parse(String(answer.body)),
      headers: answer.headers,
      asked,
    };
  };

  test('answers with how things stand', async () => {
    const { status, body, headers } = await post({ session_token: await aStatusToken(), state: STATE });
    expect([status, body.systems.length]).toEqual([200, 3]);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  test('reads a body that came as base64', async () => {
    const body = JSON.stringify({ session_token: await aStatusToken(), state: STATE });
    const encoded = Buffer.from(body).toString('base64');
    expect((await post(encoded, { isBase64Encoded: true })).status).toBe(200);
  });

  test("answers of the token's own person alone", async () => {
    const { asked, body } = await post({
      session_token: await aStatusToken({ sub: 'auth0|eve' }),
      state: STATE,
      ...{ sub: 'auth0|ada', userRef: REF },
    });
    expect(asked).toEqual([refOf('auth0|eve')]);
    expect(decodeJwt(body.returnToken).sub).toBe('auth0|eve');
  });

  test('is gone for a token that is too old', async () => {
    const session_token = await aStatusToken({ exp: NOW / 1000 });
    expect(await post({ session_token, state: STATE })).toMatchObject({
      status: 410,
      body: { code: 'expired' },
    });
  });

  test.each([
    ['no JSON', 'session_token=a'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['nothing', ''],
    ['more than anybody has to say', JSON.stringify({ state: 'a'.repeat(20_000) })],
    ['a forged token', { session_token: 'a.b.c', state: STATE }],
  ])('fails with %s, and looks at nobody', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'invalid-token' }, asked: [] });
  });
});

describe('POST /readiness', () => {
  const secretOf = (letter: string) => `whsec_${toBase64(Buffer.alloc(32, letter))}`;
  const OURS = secretOf('a');
  const READY = [
    { system: 'crm', state: 'linked' },
    { system: 'tickets', state: 'handed-over' },
  ];

  interface Posted {
    readonly body?: string;
    readonly secret?: string;
    readonly at?: number;
    readonly keys?: SigningKey[];
    readonly fresh?: SigningKey[];
    readonly rows?: { system: string; state: string }[];
    readonly headers?: object;
    readonly sent?: string;
  }

  async function post({ keys = [{ secret: OURS }], fresh = keys, rows = [], ...posted }: Posted) {
    const run = setUp({ rows });
    const body = posted.body ?? JSON.stringify({ user_id: 'auth0|ada' });
    const timestampSeconds = (posted.at ?? NOW) / 1000;
    const headers = await sign(posted.secret ?? OURS, { id: 'msg_1', timestampSeconds, body });
    const reads: boolean[] = [];
    const isSignedByAction = createActionSignature({
      keyRing: async (how) => {
        reads.push(how.fresh);
        return { actions: how.fresh ? fresh : keys };
      },
      now: () => NOW,
    });
    const userRefOf = async (id: string) => refOf(id);
    const route = createReadinessRoute({ ...run, isSignedByAction, userRefOf });
    const call = aCall({ body: posted.sent ?? body, headers: { ...headers, ...posted.headers } });
    const answer = await route(call);
    return {
      status: answer.statusCode,
      body: JSON.parse(String(answer.body)),
      asked: run.asked,
      lives: run.lives,
      reads,
    };
  }

  test('says that nothing is known of a person', async () => {
    expect(await post({})).toMatchObject({
      status: 200,
      body: { known: false, all: false, settled: false, ready: [], failed: [] },
      asked: [refOf('auth0|ada')],
    });
  });

  test('says who is ready where', async () => {
    const { body } = await post({ rows: READY });
    expect(body).toEqual({ known: true, all: false, settled: true, ready: ['crm', 'tickets'], failed: [] });
  });

  test('says what failed, and how a connection that brings no accounts leaves a person', async () => {
    const rows = [{ system: 'crm', state: 'rejected' }];
    expect((await post({ rows })).body).toMatchObject({ failed: ['crm'], settled: false });
    const github = JSON.stringify({ user_id: 'auth0|ada', connection: 'github' });
    expect((await post({ body: github })).body).toMatchObject({ all: true, settled: true, known: false });
  });

  test('counts what is of the life that is asked about', async () => {
    const created_at = '2026-11-20T09:00:00.000Z';
    const body = JSON.stringify({ user_id: 'auth0|ada', created_at });
    expect(await post({ body })).toMatchObject({ status: 200, lives: [created_at] });
    expect((await post({})).lives).toEqual([undefined]);
    for (const wrong of ['yesterday', '', 7, null, '2'.repeat(50)]) {
      const asked = JSON.stringify({ user_id: 'auth0|ada', created_at: wrong });
      expect(await post({ body: asked })).toMatchObject({ status: 400, asked: [] });
    }
  });

  test('answers the same to the same question again', async () => {
    expect(await post({ rows: READY })).toEqual(await post({ rows: READY }));
  });

  test('reads the keys again for one that was added since', async () => {
    expect(await post({ keys: [{ secret: secretOf('b') }], fresh: [{ secret: OURS }] })).toMatchObject({
      status: 200,
      reads: [false, true],
    });
  });

  test.each<[string, Posted]>([
    ['of somebody else', { secret: secretOf('b') }],
    ['of more than five minutes ago', { at: NOW - 301_000 }],
    ['of more than five minutes ahead', { at: NOW + 301_000 }],
    ['of another body', { sent: JSON.stringify({ user_id: 'auth0|eve' }) }],
    ['under another id', { headers: { 'webhook-id': 'msg_2' } }],
    ['at another time', { headers: { 'webhook-timestamp': String(NOW / 1000 - 1) } }],
    ['at a time that is none', { headers: { 'webhook-timestamp': 'now' } }],
    ['that is missing', { headers: { 'webhook-signature': undefined } }],
    ['without an id', { headers: { 'webhook-id': undefined } }],
    ['with a key that is over', { keys: [{ secret: OURS, notAfter: NOW - 1 }] }],
  ])('fails with a signature %s, and looks at nobody', async (_, posted) => {
    expect(await post(posted)).toMatchObject({ status: 401, body: { code: 'signature-invalid' }, asked: [] });
  });

  test.each([
    '{}',
    '[]',
    'null',
    '{"user_id":""}',
    '{"user_id":7}',
    `{"user_id":"${'a'.repeat(1_025)}"}`,
    'no JSON',
    '',
  ])('fails with a body of %s, signed or not', async (body) => {
    expect(await post({ body })).toMatchObject({ status: 400, body: { code: 'invalid-body' }, asked: [] });
  });
});
