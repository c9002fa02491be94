import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfiguration } from '../../lib/configuration';
import { createUserProvisioningApp, UnknownEnvironmentError } from '../../lib/user-provisioning-app';

const alarms = { email: 'on-call@example.com' };
const configuration = defineConfiguration({
  environments: {
    dev: { tenant: 'dev.eu.auth0.com', alarms, ephemeral: true },
    prod: { tenant: 'acme.eu.auth0.com', alarms },
  },
  systems: { crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } },
});

const outdir = mkdtempSync(join(tmpdir(), 'punctual-app-'));
afterAll(() => rmSync(outdir, { recursive: true }));

function stacksFor(environment?: string): string[] {
  const context = { 'aws:cdk:bundling-stacks': [], ...(environment !== undefined && { environment }) };
  return createUserProvisioningApp(configuration, { context, outdir }).node.children.map(
    ({ node }) => node.id,
  );
}

test('the first environment is taken when none is named', () => {
  expect(stacksFor()).toEqual(['UserProvisioning-dev']);
});

test('the named environment is taken, and no other', () => {
  expect(stacksFor('prod')).toEqual(['UserProvisioning-prod']);
});

test.each(['staging', 'constructor', ''])(
  'fails for the environment %j and names those there are',
  (name) => {
    expect(() => stacksFor(name)).toThrow(UnknownEnvironmentError);
    expect(() => stacksFor(name)).toThrow(`given "${name}"; allowed is dev or prod.`);
  },
);
