import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES } from '../../events/event-types';
import { parseEvent } from '../../events/parse-event';

const EXAMPLES = join(__dirname, '../../events/examples');
const read = (kind: string, name: string) => readFileSync(join(EXAMPLES, kind, name), 'utf8');
const valid = () => JSON.parse(read('valid', 'user.registered.json'));

describe('parsing an event', () => {
  test('there is an example of every type, and each parses to itself', () => {
    for (const type of EVENT_TYPES) {
      const text = read('valid', `${type}.json`);
      expect(parseEvent(text)).toEqual({ ok: true, event: JSON.parse(text) });
    }
    expect(readdirSync(join(EXAMPLES, 'valid'))).toHaveLength(EVENT_TYPES.length);
  });

  test.each(readdirSync(join(EXAMPLES, 'invalid')))('rejects %s with the code it is named after', (file) => {
    const [code] = file.split('--');
    expect(parseEvent(read('invalid', file))).toMatchObject({ ok: false, code });
  });

  test('says where the fault is without repeating what stood there', () => {
    const event = valid();
    event.data.user.email = { secret: 'mallory@example.com' };
    const parsed = parseEvent(JSON.stringify(event));
    expect(parsed).toEqual({ ok: false, code: 'invalid-attribute', path: 'data.user.email' });
  });

  test('does not repeat a hostile attribute name', () => {
    const event = valid();
    event.data.user['mallory@example.com'] = 'x';
    expect(parseEvent(JSON.stringify(event))).toMatchObject({ path: 'data.user.?' });
  });

  test.each(['samlp|idp|x@y', 'oidc|https://idp.example/ü', `auth0|${'x'.repeat(1018)}`, 'google-oauth2|1'])(
    'takes the user id %s as it is',
    (userId) => {
      const event = valid();
      event.data.user.user_id = userId;
      const parsed = parseEvent(JSON.stringify(event));
      expect(parsed.ok && parsed.event.data.user.user_id).toBe(userId);
    },
  );

  test('keeps attributes it does not know, for mappings to use', () => {
    const event = { ...valid(), tenantregion: 'eu' };
    event.data.user.given_name = 'Ada';
    event.data.user.categories = ['a', 'b'];
    expect(parseEvent(JSON.stringify(event))).toEqual({ ok: true, event });
  });

  test('a __proto__ in the body changes no prototype and reaches nobody', () => {
    const text = JSON.stringify(valid()).replace('"user":{', '"user":{"__proto__":{"admin":true},');
    const parsed = parseEvent(text);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    if (parsed.ok) expect((parsed.event.data.user as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each(['', 'null', '7', '"text"', '[]', '{}', '{"data":null}'])(
    'rejects the body %j without throwing',
    (body) => {
      expect(parseEvent(body).ok).toBe(false);
    },
  );
});
