import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { statusSettingsOf } from '../../../lib/status-api/status-settings-of';

const ROOT = join(__dirname, '../../..');
const crm = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } as const;
const settingsOf = (input: Partial<ConfigurationInput>) =>
  statusSettingsOf(
    defineConfiguration({
      environments: { test: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
      systems: { crm },
      ...input,
    }),
  );

test('name each system that takes events as a person reads it, and say what its account takes', () => {
  const { systems } = settingsOf({
    systems: {
      crm: { ...crm, required: true, label: 'Kundenakte' },
      'ticket-desk': { ...crm, provisionAt: 'use' },
      mailing: { kind: 'webhook', url: 'https://hooks.example.com/accounts' },
      fax: { kind: 'webhook', url: 'https://fax.example.com/accounts', signOff: 'none' },
      old: { ...crm, state: 'retired' },
      auth0: { kind: 'auth0' },
      search: { kind: 'sqs' },
    },
  });
  expect(systems).toEqual([
    { name: 'crm', label: 'Kundenakte', required: true },
    { name: 'ticket-desk', label: 'Ticket desk', required: false, onRequest: true },
    { name: 'mailing', label: 'Mailing', required: false, awaited: true },
    { name: 'fax', label: 'Fax', required: false },
    { name: 'auth0', label: 'Auth0', required: false, onRequest: true, grants: true },
  ]);
});

test('say how long a login waits, what follows when it fails, and who brings no accounts', () => {
  expect(
    settingsOf({
      jit: { connections: { github: false } },
      login: {
        statusPage: { deadlineSeconds: 12, onFailed: 'stop', name: 'Acme', colors: { accent: '#0a7f5a' } },
      },
    }),
  ).toMatchObject({
    systems: [{ name: 'crm', jitRule: { default: true, except: ['github'] } }],
    ...{ deadlineMs: 12_000, onFailed: 'stop' },
    brand: { name: 'Acme', colors: { accent: '#0a7f5a' } },
  });
});

describe('a logo', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(ROOT, 'test/lib/status-api/tmp-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const brandWith = (name: string, bytes: number) => {
    const file = join(folder, name);
    writeFileSync(file, 'a'.repeat(bytes));
    return settingsOf({ login: { statusPage: { logo: relative(ROOT, file) } } }).brand;
  };

  test('is in the page itself', () => {
    expect(brandWith('logo.svg', 3).logo).toBe('data:image/svg+xml;base64,YWFh');
    expect(brandWith('logo.png', 3).logo).toBe('data:image/png;base64,YWFh');
  });

  test('fails when it is larger than a page should be', () => {
    expect(() => brandWith('logo.svg', 8_001)).toThrow(/login\.statusPage\.logo: .* this one has 8001/);
  });

  test('fails when it is not there', () => {
    const logo = 'brand/nothing.svg';
    expect(() => settingsOf({ login: { statusPage: { logo } } })).toThrow(/and there is none/);
  });
});
