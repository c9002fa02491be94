import { checkSignature } from '../../lambdas/connectors/authenticity/check-signature';
import { defineConfiguration } from '../../lib/configuration';
import { NOW } from '../helpers/events';
import { readPage, rowsOf } from './helpers/markdown';

const row = rowsOf(readPage('docs/limits.md')).find(([, limit = '']) => limit.includes('forged')) ?? [];
const [, seconds, perSecond, inFlight, most] =
  /for up to (\d+) s.* default of ([\d,]+) calls a second makes ([\d,]+); above ([\d,]+) /
    .exec(row[2] ?? '')
    ?.map((number) => Number(number.replace(',', ''))) ?? [];

/** Of a queue of SQS. */
const MOST_IN_FLIGHT = 120_000;

test('forged events are in flight for as long as the page says', async () => {
  const forged = {
    id: 'reg_1',
    timestampSeconds: NOW / 1000,
    signatures: `v1,${'A'.repeat(44)}`,
    body: '{}',
  };
  const justRead = async () => ({ keys: {}, readAt: NOW });
  const check = await checkSignature(justRead, { ...forged, acceptedAt: NOW });
  expect(check).toEqual({ ok: undefined, until: NOW + Number(seconds) * 1000 });
});

test('as many forged events as the API takes by default leave room in flight, and the page says from when on not', () => {
  const dev = { tenant: 'dev.eu.auth0.com', alarms: { email: 'on-call@example.com' } };
  const { environments } = defineConfiguration({
    environments: { dev },
    systems: { profile: { kind: 'profile' } },
  });
  expect(environments.dev?.api.throttle.ratePerSecond).toBe(perSecond);
  expect(Number(perSecond) * Number(seconds)).toBe(inFlight);
  expect(inFlight).toBeLessThan(MOST_IN_FLIGHT);
  expect(most).toBe(Math.floor(MOST_IN_FLIGHT / Number(seconds) / 100) * 100);
});
