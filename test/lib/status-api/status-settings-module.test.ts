import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { defineConfiguration } from '../../../lib/configuration';
import { statusSettingsModule } from '../../../lib/status-api/status-settings-module';

const LOGIN = defineConfiguration({
  environments: { test: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
  systems: { crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } },
});

test('is named from the root, also where the command line names the directory from where it stands', () => {
  const directory = mkdtempSync(join(tmpdir(), 'punctual-settings-'));
  try {
    const outdir = relative(process.cwd(), directory);
    const stack = new Stack(new App({ outdir }), 'Stack');
    const [file = ''] = Object.values(statusSettingsModule(stack, LOGIN));
    expect(isAbsolute(file)).toBe(true);
    expect(require(file)).toMatchObject({ systems: [{ name: 'crm' }] });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
