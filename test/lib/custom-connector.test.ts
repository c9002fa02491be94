import { join } from 'node:path';
import type { ConfigurationInput } from '../../lib/configuration';
import { defineConfiguration } from '../../lib/configuration';
import { ConfigurationError } from '../../lib/configuration/define-configuration';
import { customModule } from '../../lib/connectors/custom-module';
import { NOTHING_BUNDLED, synthesize, withApp } from './helpers/synthesize';

type Custom = Extract<ConfigurationInput['systems'][string], { kind: 'custom' }>;

const FIXTURES = 'test/lib/fixtures/systems';
const desk = (more: Partial<Custom> = {}): Custom => ({
  ...{ kind: 'custom', module: 'ticket-desk', baseUrl: 'https://desk.example.com/api' },
  settings: { team: 'support' },
  ...more,
});

function configured(system: Custom) {
  const environments = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };
  return defineConfiguration({ environments, systems: { desk: system } }).systems.desk as never;
}

const moduleOf = (system: Custom, folder = 'examples/systems') =>
  customModule({ system: 'desk', configuration: configured(system), folder });

test('a module is a file of the folder, or a folder with an index', () => {
  const root = join(__dirname, '../..');
  expect(moduleOf(desk())).toEqual({
    file: join(root, 'examples/systems/ticket-desk.ts'),
    name: 'examples/systems/ticket-desk',
  });
  expect(moduleOf(desk({ module: 'in-a-folder' }), FIXTURES)).toEqual({
    file: join(root, FIXTURES, 'in-a-folder/index.ts'),
    name: `${FIXTURES}/in-a-folder`,
  });
});

test.each([
  [
    desk({ module: 'ticket-dsk' }),
    'systems.desk.module: given "ticket-dsk"',
    'there is no examples/systems/ticket-dsk.ts',
  ],
  [
    desk({ settings: {} }),
    'systems.desk.settings: given {}',
    'what examples/systems/ticket-desk.ts takes: settings.team: ',
  ],
  [desk({ settings: { team: 'a', taem: 'b' } }), 'systems.desk.settings: given', 'taem'],
])('fails at synth with %j, and says what is allowed', (system, given, allowed) => {
  expect(() => synthesize({}, { desk: system })).toThrow(given);
  expect(() => synthesize({}, { desk: system })).toThrow(allowed);
});

test.each([
  ['no-connector', 'its default export is none'],
  ['broken', 'nothing can be loaded: it breaks while it is loaded'],
])('fails with the module %s, which is no connector', (module, why) => {
  expect(() => moduleOf(desk({ module }), FIXTURES)).toThrow(why);
});

test.each([
  [{}, 'takes: undefined'],
  [{ thrown: null }, 'takes: null'],
  [{ thrown: 'no team' }, 'takes: no team'],
  [{ thrown: { issues: [{ message: 'no team' }, null] } }, 'takes: settings: no team; settings: undefined'],
  [{ thrown: { issues: [{ message: 'no', path: ['team', 0] }] } }, 'takes: settings.team.0: no'],
])('fails as a wrong configuration whatever a schema of a team throws: %j', (settings, why) => {
  const synth = () => moduleOf(desk({ module: 'own-schema', settings }), FIXTURES);
  expect(synth).toThrow(ConfigurationError);
  expect(synth).toThrow(why);
});

test('fails with rules of correlation for a connector that cannot match', () => {
  const correlate = [{ attribute: 'email' }];
  expect(() => moduleOf(desk({ module: 'in-a-folder', correlate }), FIXTURES)).toThrow(
    'systems.desk.correlate',
  );
  expect(moduleOf(desk({ correlate })).name).toBe('examples/systems/ticket-desk');
});

test.each(['../ticket-desk', '/etc/passwd', 'a/b', '..', 'ticket-desk.ts', 'ticket-desk.local', 'Desk', ''])(
  'rejects the module "%s", which is a way and no name',
  (module) => {
    expect(() => configured(desk({ module }))).toThrow('the name of a file in systems/ without .ts');
  },
);

test('rejects settings that the environment of a function does not hold', () => {
  expect(() => configured(desk({ settings: { text: 'x'.repeat(1_000) } }))).toThrow(
    'at most 1000 characters as JSON',
  );
  expect(() => configured(desk({ settings: { when: new Date() as never } }))).toThrow('a JSON value');
});

test.each(['http://desk.example.com', 'https://desk.example.com/', 'https://key@desk.example.com'])(
  'rejects the base URL %s',
  (baseUrl) => {
    expect(() => configured(desk({ baseUrl }))).toThrow('an https URL without query and trailing slash');
  },
);

test('without a word a module is looked for in systems/', () => {
  const context = { ...NOTHING_BUNDLED, systems: undefined };
  expect(() =>
    withApp({}, { desk: desk({ module: 'nobody-calls-it-so' }) }, context, (app) => app.synth()),
  ).toThrow('there is no systems/nobody-calls-it-so.ts');
});

test('each system has the module of its own, a secret, and is marked for who runs the template', () => {
  const { systems } = synthesize({}, { desk: desk() });
  const [worker] = Object.values(systems.desk?.findResources('AWS::Lambda::Function') ?? {});
  expect(worker?.Metadata?.['punctual:system']).toEqual({
    ...{ name: 'desk', kind: 'custom', module: 'examples/systems/ticket-desk' },
  });
  expect(worker?.Properties.Environment.Variables).toMatchObject({
    CUSTOM_BASE_URL: 'https://desk.example.com/api',
    CUSTOM_SETTINGS: '{"team":"support"}',
    CUSTOM_SECRET_ARN: expect.anything(),
    MAPPING: '[{"to":"email","from":["email"]},{"to":"username","from":["username"]}]',
  });
  systems.desk?.resourceCountIs('AWS::SecretsManager::Secret', 1);
});
