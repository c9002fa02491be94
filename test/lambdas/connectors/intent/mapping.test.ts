import type { EventUser } from '../../../../events/event-schema';
import { createMapping, refusalOf } from '../../../../lambdas/connectors/intent/mapping';
import type { MappingRule } from '../../../../lambdas/connectors/intent/mapping-rule';
import { SCIM_RULES } from '../../../../lib/connectors/mapping-rules-of';

const user = (fields: object): EventUser => ({ user_id: 'auth0|1', ...fields });

/** What `fields` of an event mean for the attribute `title` under `rule`. */
function meaningOf(rule: Omit<MappingRule, 'to'>, fields: object) {
  const [{ to: _to, ...meaning } = {}] = createMapping([{ to: 'title', ...rule }]).attributesOf(user(fields));
  return meaning;
}

const set = (value: unknown, write = 'always') => ({ write, act: 'set', value });
const clear = { write: 'always', act: 'clear' };
const leave = (why: string) => ({ write: 'always', act: 'leave', why });
const refuse = (why: string) => ({ write: 'always', act: 'refuse', why });

describe('an attribute', () => {
  test.each([
    ['a value sets it', { job: 'Analyst' }, set('Analyst')],
    ['null clears it', { job: null }, clear],
    ['an empty text clears it', { job: '' }, clear],
    ['silence leaves it alone', {}, leave('not-told')],
    ['undefined is silence', { job: undefined }, leave('not-told')],
    ['false is a value', { job: false }, set(false)],
    ['zero is a value', { job: 0 }, set(0)],
    ['an empty list is a value', { job: [] }, set([])],
  ])('%s', (_what, fields, meaning) => {
    expect(meaningOf({ from: ['job'] }, fields)).toEqual(meaning);
  });

  test('is not taken from what every object has', () => {
    expect(meaningOf({ from: ['constructor'] }, {})).toEqual(leave('not-told'));
    expect(meaningOf({ from: ['__proto__'] }, {})).toEqual(leave('not-told'));
  });

  test('that became empty stays where it is configured so', () => {
    const rule = { from: ['job'], whenCleared: 'leave' } as const;
    expect(meaningOf(rule, { job: null })).toEqual(leave('empty'));
    expect(meaningOf(rule, { job: 'Analyst' })).toEqual(set('Analyst'));
  });

  test.each([
    [{ a: 'A', b: 'B' }, set('A')],
    [{ a: null, b: 'B' }, set('B')],
    [{ b: 'B' }, set('B')],
    [{ a: '', b: null }, clear],
    [{ a: null }, leave('not-told')],
    [{}, leave('not-told')],
  ])('of %j with alternatives takes the first that has a value', (fields, meaning) => {
    expect(meaningOf({ from: ['a', 'b'] }, fields)).toEqual(meaning);
  });

  test.each([
    [{ a: 'Ada', b: 'Lovelace' }, set('Ada Lovelace')],
    [{ a: 'Ada', b: null }, set('Ada')],
    [{ b: 7 }, set('7')],
    [{ a: null, b: '' }, clear],
    [{ a: 'Ada', b: ['x'] }, refuse('type')],
  ])('of %j joined has all that have a value', (fields, meaning) => {
    expect(meaningOf({ from: ['a', 'b'], join: ' ' }, fields)).toEqual(meaning);
  });

  test('falls back where Auth0 has nothing; where nobody says so, in a new account only', () => {
    const rule = { from: ['locale'], otherwise: 'en' };
    expect(meaningOf(rule, { locale: 'fr' })).toEqual(set('fr'));
    expect(meaningOf(rule, { locale: null })).toEqual(set('en'));
    expect(meaningOf(rule, {})).toEqual(set('en', 'onCreate'));
  });

  test('can be the same for everybody', () => {
    expect(meaningOf({ otherwise: 'customer' }, {})).toEqual(set('customer'));
  });

  test('can be in lower case', () => {
    expect(meaningOf({ from: ['a'], text: true, lowerCase: true }, { a: 'ADA@Example.COM' })).toEqual(
      set('ada@example.com'),
    );
  });
});

describe('what a system cannot have', () => {
  test.each([
    ['true', true],
    ['a list', ['Analyst']],
  ])('is refused: %s for a text', (_what, job) => {
    expect(meaningOf({ from: ['job'], text: true }, { job })).toEqual(refuse('type'));
  });

  test('is not a number, which is written as a text', () => {
    expect(meaningOf({ from: ['job'], text: true }, { job: 1815 })).toEqual(set('1815'));
  });

  test.each([
    [{ maxLength: 5 }, { a: 'sixsix' }],
    [{ join: ' ' }, { a: 'x'.repeat(1000), b: 'y'.repeat(1000) }],
  ])('is refused under %j: a text that is too long', (rule, fields) => {
    expect(meaningOf({ from: ['a', 'b'], text: true, ...rule }, fields)).toEqual(refuse('length'));
  });

  test('is refused in words that name the attribute and nothing of the person', () => {
    const rules = [...SCIM_RULES, { to: 'title', from: ['job'], text: true } as const];
    const attributes = createMapping(rules).attributesOf(user({ job: ['secret'], email: 'ada@example.com' }));
    expect(refusalOf(attributes)).toBe('title: not a text');
    expect(refusalOf(createMapping(SCIM_RULES).attributesOf(user({})))).toBeUndefined();
  });

  test('is a user name of nothing', () => {
    const rules = [{ to: 'userName', from: ['username'], text: true, required: true } as const];
    const refused = [{}, { username: '' }].map((fields) => createMapping(rules).attributesOf(user(fields)));
    expect(refused.map(refusalOf)).toEqual(
      Array.from({ length: 2 }, () => 'userName: nothing to make it of'),
    );
  });
});

test('every change of the configuration is another revision', () => {
  const revisions = [
    [],
    [{ to: 'title', from: ['a'] }],
    [{ to: 'title', from: ['b'] }],
    [{ to: 'title', from: ['a'], write: 'onCreate' as const }],
  ].map((rules) => createMapping(rules).revision);
  expect(new Set(revisions).size).toBe(4);
});
