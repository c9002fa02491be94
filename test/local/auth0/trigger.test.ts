import { isClaimTaken } from '../../../local/auth0/post-login/custom-claim';
import { createTrigger } from '../../../local/auth0/trigger';

const NOW = Date.parse('2026-11-20T09:00:00Z');

/** One call of the handler `run` of an Action with this code. */
async function call(code: string, leftMs = 1_000) {
  const printed: string[] = [];
  const clock = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };
  const action = { id: '1', name: 'one', code, secrets: {} };
  const trigger = createTrigger({ actions: () => [action], clock, print: (line) => printed.push(line) });
  const ended = await trigger.call(action, 'run', { event: {}, api: { cache: trigger.cache }, leftMs });
  return { ...ended, printed };
}

describe('an Action', () => {
  test('that takes longer than is left to it has failed, and the login does not wait', async () => {
    const { failure, printed } = await call(
      'exports.run = () => { console.log("began"); return new Promise(() => {}); }',
      20,
    );
    expect(failure).toContain('took longer than they may');
    expect(printed).toEqual(['began']);
  });

  test.each([
    ['is an ES module', 'export const run = async () => {};'],
    ['is larger than 100 kB', `exports.run = async () => {}; //${'x'.repeat(100_000)}`],
    ['lacks the handler', 'exports.other = async () => {};'],
    ['needs a package', 'const one = require("express"); exports.run = async () => {};'],
  ])('fails that %s', async (_, code) => {
    expect((await call(code)).failure).toEqual(expect.any(String));
  });

  test('says what it threw, whatever that was', async () => {
    expect((await call('exports.run = async () => { throw new Error("one") }')).failure).toBe('one');
    expect((await call('exports.run = async () => { throw "two" }')).failure).toBe('two');
    expect((await call('exports.run = async () => { throw null }')).failure).toBe('null');
  });
});

test.each([
  ['sub', 'x', false],
  ['permissions', [], false],
  ['https://acme.auth0.com/x', 1, false],
  ['https://webtask.io', 1, false],
  ['urn:auth0:x', 1, false],
  ['https://acme.com/none', undefined, false],
  ['https://acme.com/large', 'x'.repeat(100_000), false],
  ['https://acme.com/one', { two: [3] }, true],
  ['https://notauth0.com/one', 1, true],
  ['nickname', 'ada', true],
])('the claim %s is taken or left out, as Auth0 does', (name, value, isTaken) => {
  expect(isClaimTaken(name, value)).toBe(isTaken);
});
