import type { ConfigurationInput } from '../../lib/configuration';
import { synthesize } from './helpers/synthesize';

type System = ConfigurationInput['systems'][string];

const crm = (more: object) => ({ kind: 'scim', baseUrl: 'https://crm.example.com', ...more }) as System;
const many = (count: number, one: System) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`system-${index}`, one]));

describe('a stack that AWS would refuse', () => {
  // Rules are bounded by their characters, of which some take more than a byte.
  const connections = (count: number) =>
    Array.from({ length: count }, (_, index) => `${index}-${'名'.repeat(45)}`);

  test('fails for settings that do not fit into the environment of a function, and names the largest', () => {
    expect(() => synthesize({}, { crm: crm({ scope: { connections: connections(19) } }) })).toThrow(
      /^punctual\.config\.ts has 1 problem:\n {2}- systems\.crm: given what takes up to 5,\d{3} bytes in the environment of its function, most of it SCOPE with 2,\d{3}, MAPPING with \d+, [A-Z_]+ with \d+; allowed is 4,096\.$/,
    );
  });

  test('takes a list that fits', () => {
    expect(() => synthesize({}, { crm: crm({ scope: { connections: connections(8) } }) })).not.toThrow();
  });

  // Each secret has 29 characters more than the unique part of a stack's id.
  test('fails for instances whose secrets have names that do not fit in', () => {
    const names = [
      'north-america',
      'south-america',
      'europe-middle',
      'asia-pacific',
      'africa-middle',
      'oceania',
    ];
    const server = (name: string) => [name, { baseUrl: `https://${name}.crm.example.com/scim/v2` }] as const;
    const instances = Object.fromEntries(names.map(server));
    const trusting = (count: number) => ({
      ...{ instances, baseUrl: undefined, adopt: true, correlate: [{ attribute: 'emails', from: 'email' }] },
      trustVerifiedEmailFrom: {
        connections: Array.from({ length: count }, (_, index) => `enterprise-connection-${index + 100}`),
      },
    });
    expect(() => synthesize({}, { crm: crm(trusting(24)) })).toThrow(/SCIM_SERVERS with 9\d\d/);
    expect(() => synthesize({}, { crm: crm(trusting(18)) })).not.toThrow();
  });

  const consumed = (roles: number, team = 'team'): System => ({
    kind: 'sqs',
    consumers: Array.from(
      { length: roles },
      (_, index) => `arn:aws:iam::123456789012:role/${team}/reader-${index}`,
    ),
  });

  test('fails for more roles than the policy of a queue has room for, and names the system', () => {
    expect(() => synthesize({}, { search: consumed(160) })).toThrow(
      /systems\.search: given roles in consumers with which the policy of a queue takes up to 8,\d{3} bytes; allowed is 8,192\./,
    );
    expect(() => synthesize({}, { search: consumed(100) })).not.toThrow();
  });

  test('fails for more roles in all than the key of the queues has room for', () => {
    const names = Object.keys(many(40, crm({})));
    const systems = Object.fromEntries(names.map((name) => [name, consumed(15, name)]));
    expect(() => synthesize({}, systems)).toThrow(
      /systems: given roles in consumers with which the policy of a key takes up to 39,\d{3} bytes; allowed is 32,768\./,
    );
  });

  test('fails for more roles than the policy of the event topic has room for', () => {
    const publishers = Array.from(
      { length: 700 },
      (_, index) => `arn:aws:iam::123456789012:role/sender-${index}`,
    );
    expect(() => synthesize({ publishers }, { crm: crm({}) })).toThrow(
      /environments: given roles in publishers with which the policy of a topic takes up to 3\d,\d{3} bytes; allowed is 30,720\./,
    );
  });

  test('fails for more systems than the outputs of a stack can tell of', () => {
    const webhook: System = {
      kind: 'webhook',
      url: 'https://hooks.example.com/a',
      signOff: { withinHours: 1 },
    };
    expect(() => synthesize({}, many(46, webhook))).toThrow(
      /systems: given 46 systems, for which the stack has 184 outputs of 2\d\d in all; allowed is 200\./,
    );
  });
});
