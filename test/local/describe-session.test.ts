import { execFileSync } from 'node:child_process';
import { describeSession } from '../../local/describe-session';

const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`;
const local = {
  ...{ AwsEndpoint: at(45_678), Region: 'us-east-1', ControlUrl: at(45_679), TenantUrl: at(45_680) },
  DemoAppUrl: at(45_681),
  Systems: { crm: at(45_682, '/scim/v2'), tickets: at(45_683, '/scim/v2') },
  ManagementApi: { Domain: 'punctual-dev.eu.auth0.com', Url: at(45_684, '/api/v2/') },
};
const session = {
  outputs: { stack: { EventApiUrl: at(45_685, '/v1/'), ProvisioningApiUrl: at(45_686, '/') }, local },
  run: { region: 'us-east-1', functions: { find: () => ({ system: { kind: 'scim' } }) } },
};
const lines = describeSession(session as unknown as Parameters<typeof describeSession>[0], {
  directory: '.punctual',
});

test('says where everything is in lines of 80 columns', () => {
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.join('\n')).toContain(at(45_686, '/'));
});

test('gives calls that a shell takes as they are', () => {
  const [from, to] = [
    lines.findIndex((line) => /^ {2}curl/.test(line)),
    lines.indexOf('Ctrl-C stops everything.'),
  ];
  const calls = lines
    .slice(from, to)
    .filter((line) => line.startsWith(' '))
    .join('\n');
  // In place of curl: what it would be called with, an argument a line.
  const script = `curl() { for one in "$@"; do printf '%s' "$one" | tr -d '\\n'; echo; done; }\n${calls}`;
  const said = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const bodies = said.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text));
  expect(bodies).toEqual([
    {
      user: { user_id: 'auth0|one-more', email: 'one.more@example.com', username: 'one.more' },
      connection: { id: 'con_1', strategy: 'auth0', name: 'Username-Password-Authentication' },
    },
    { email: 'new@example.com' },
    { blocked: true },
  ]);
  expect(said.at(-1)).toBe(at(45_679, '/users/auth0%7Cone-more'));
});
