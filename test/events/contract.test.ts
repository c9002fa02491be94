import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import { toBody } from '../../events/build-event';
import { describeCode, isAuthenticityCode } from '../../events/codes';
import { EVENT_TYPES } from '../../events/event-types';
import { ISSUER_TYPES, mayIssue } from '../../events/issuers';
import { parseAccepted, parseWebhook } from '../../events/message-attributes';
import { parsePlainMessage } from '../../events/plain-message';
import { jsonSchemas, schemaText } from '../../events/schema/json-schema';

const file = (path: string) => readFileSync(join(__dirname, '../../events', path), 'utf8');

describe('the published JSON Schemas', () => {
  test.each(Object.entries(jsonSchemas()))(
    '%s is what the code says; if not, run npm run generate',
    (name, schema) => {
      expect(file(`schema/${name}`)).toBe(schemaText(schema));
    },
  );

  test('the model of the API takes every example and leaves an unknown type to quarantine', () => {
    const validate = new Ajv({ strict: false }).compile(jsonSchemas()['event.draft-04.json'] as object);
    for (const type of EVENT_TYPES)
      expect(validate(JSON.parse(file(`examples/valid/${type}.json`)))).toBe(true);
    expect(validate(JSON.parse(file('examples/invalid/unknown-type--typo.json')))).toBe(true);
    expect(validate(JSON.parse(file('examples/invalid/invalid-attribute--nested-object.json')))).toBe(false);
    expect(validate(JSON.parse(file('examples/invalid/invalid-user-id--too-long.json')))).toBe(false);
  });

  test('the model bounds every string, array and object', () => {
    const unbounded: string[] = [];
    const visit = (schema: Record<string, unknown>, path: string): void => {
      const bounds = {
        string: ['maxLength', 'enum', 'pattern'],
        array: ['maxItems'],
        object: ['maxProperties'],
      };
      const wanted = bounds[schema.type as keyof typeof bounds];
      const closed = schema.additionalProperties === false;
      if (wanted && !closed && !wanted.some((bound) => bound in schema)) unbounded.push(path);
      for (const [key, value] of Object.entries(schema)) {
        if (typeof value === 'object' && value !== null)
          visit(value as Record<string, unknown>, `${path}/${key}`);
      }
    };
    visit(jsonSchemas()['event.draft-04.json'] as Record<string, unknown>, '');
    expect(unbounded).toEqual([]);
  });
});

describe('the plain interface', () => {
  const message = JSON.stringify({ username: 'ada', email: 'ada@example.com', user_id: 'legacy|1' });
  const acceptedAt = Date.parse('2026-11-20T10:00:00Z');

  test('is a registration at the moment it was accepted', async () => {
    const parsed = await parsePlainMessage({ message, webhookId: 'abc', acceptedAt });
    expect(parsed).toMatchObject({
      ok: true,
      event: { id: 'abc', type: 'user.registered', time: '2026-11-20T10:00:00.000Z' },
    });
  });

  test('the same call without an id is the same event', async () => {
    const first = await parsePlainMessage({ message, acceptedAt });
    const second = await parsePlainMessage({ message, acceptedAt: acceptedAt + 60_000 });
    expect(first.ok && first.event.id).toMatch(/^[0-9a-f]{64}$/);
    expect(second.ok && second.event.id).toBe(first.ok && first.event.id);
  });

  test.each([
    ['not json', 'malformed-json'],
    ['[]', 'invalid-message'],
    ['"x"', 'invalid-message'],
    ['null', 'invalid-message'],
    ['{}', 'invalid-user-id'],
    ['{"user_id":"a","email":5}', 'invalid-attribute'],
  ])('rejects %s as %s', async (text, code) => {
    expect(await parsePlainMessage({ message: text, acceptedAt })).toMatchObject({ ok: false, code });
  });
});

describe('issuers', () => {
  test('every type has exactly one issuer', () => {
    const all = new Set<string>(Object.values(ISSUER_TYPES).flat());
    expect([...all].toSorted()).toEqual(EVENT_TYPES.toSorted());
  });

  test('the Actions may register and log in, and not delete', () => {
    expect(mayIssue('actions', 'user.registered')).toBe(true);
    expect(mayIssue('actions', 'user.deleted')).toBe(false);
  });
});

describe('message attributes', () => {
  test('accepted is epoch ms, request id and route', () => {
    expect(parseAccepted('1763629200000 abc-1 store')).toEqual({
      at: 1_763_629_200_000,
      requestId: 'abc-1',
      route: 'store',
    });
  });

  test.each([
    undefined,
    '',
    '1763629200000',
    '1763629200000 a b events',
    'x a events',
    '1763629200000 a admin',
  ])('rejects accepted %j', (text) => {
    expect(parseAccepted(text)).toBeUndefined();
  });

  test('webhook keeps a list of signatures together', () => {
    expect(parseWebhook('id 17 v1,a v1,b')).toEqual({
      id: 'id',
      timestampSeconds: 17,
      signatures: 'v1,a v1,b',
    });
  });

  test.each([undefined, '', 'id 17', 'my id 17 v1,a', 'id -1 v1,a', 'id 1e9 v1,a'])(
    'rejects webhook %j',
    (text) => {
      expect(parseWebhook(text)).toBeUndefined();
    },
  );
});

test('every code has words, and only the authenticity ones lead to quarantine', () => {
  expect(describeCode('retries-exhausted')).toMatch(/retry budget/);
  expect(isAuthenticityCode('signature-invalid')).toBe(true);
  expect(isAuthenticityCode('malformed-json')).toBe(false);
});

test('the text of an event holds no character that a queue would replace, and parses to the same event', () => {
  const event = JSON.parse(file('examples/valid/user.registered.json'));
  event.data.user.username = 'a\uffff\ufffe';
  const body = toBody(event);
  expect(body).not.toMatch(/[\ufffe\uffff]/);
  expect(JSON.parse(body)).toEqual(event);
});
