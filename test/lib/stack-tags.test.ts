import { CfnResource, type Stack, TagManager } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import type { IConstruct } from 'constructs';
import { context as flags } from '../../cdk.json';
import { defineConfiguration } from '../../lib/configuration';
import { createUserProvisioningApp } from '../../lib/user-provisioning-app';
import { TWO_SYSTEMS } from './helpers/synthesize';

const configuration = defineConfiguration({
  environments: {
    test: {
      tenant: 'acme.eu.auth0.com',
      alarms: { email: 'on-call@example.com' },
      tags: { team: 'identity', 'cost centre': '42' },
    },
  },
  systems: TWO_SYSTEMS,
});
const context = { ...flags, 'aws:cdk:bundling-stacks': [] };
const stack = createUserProvisioningApp(configuration, { context }).node.findChild('UserProvisioning-test');

interface Tagged {
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
}

const templates = new Map<Stack, ReturnType<Template['toJSON']>>();

/** What the template says of a resource. */
function propertiesOf(resource: CfnResource): Record<string, unknown> {
  const { stack: own } = resource;
  const template = templates.get(own) ?? Template.fromStack(own).toJSON();
  templates.set(own, template);
  return template.Resources[own.resolve(resource.logicalId)].Properties ?? {};
}

function tagsOf(resource: CfnResource): Record<string, string> {
  const { Tags, Replicas } = propertiesOf(resource);
  const [replica] = (Replicas ?? []) as { Tags?: unknown }[];
  const list = (Tags ?? replica?.Tags ?? []) as { Key: string; Value: string }[] | Record<string, string>;
  // Newer services take an object.
  if (!Array.isArray(list)) return list;
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

const isResource = (node: IConstruct): node is CfnResource => CfnResource.isCfnResource(node);
// A global table is tagged by replica, so the library does not count it.
const isTaggable = (node: IConstruct) => node instanceof CfnGlobalTable || TagManager.of(node) !== undefined;
const taggable: Tagged[] = stack.node
  .findAll()
  .filter(isResource)
  .filter(isTaggable)
  .map((resource) => ({
    path: resource.node.path.replace('UserProvisioning-test/', ''),
    tags: tagsOf(resource),
  }));

const below = (path: string) => taggable.filter((resource) => resource.path.startsWith(path));

test('everything that takes tags says its environment and carries the configured tags', () => {
  expect(taggable.length).toBeGreaterThan(40);
  const wanted = { 'punctual:environment': 'test', team: 'identity', 'cost centre': '42' };
  for (const resource of taggable) {
    expect(resource).toEqual({ path: resource.path, tags: expect.objectContaining(wanted) });
  }
});

test('everything of a system names the system and the stage, and its stack names the system', () => {
  for (const system of Object.keys(TWO_SYSTEMS)) {
    expect(below(`System-${system}/`).length).toBeGreaterThan(8);
    for (const resource of below(`System-${system}/`)) {
      const wanted = { 'punctual:system': system, 'punctual:stage': expect.any(String) };
      expect(resource).toEqual({ path: resource.path, tags: expect.objectContaining(wanted) });
    }
    expect(below(`System-${system}.NestedStack/`)).toEqual([
      expect.objectContaining({ tags: expect.objectContaining({ 'punctual:system': system }) }),
    ]);
  }
});

test.each([
  ['EventApi/', 'event-api'],
  ['EventTopic/', 'event-topic'],
  ['Quarantine/', 'quarantine'],
  ['UserLinkTable/', 'user-link-table'],
  ['StatusProjection/', 'status-projection'],
  ['System-crm/SystemQueue/', 'system-queue'],
  ['System-crm/Connector/', 'connector'],
])('everything below %s is of the stage %s', (path, stage) => {
  expect(below(path)).not.toEqual([]);
  for (const { tags } of below(path)) expect(tags['punctual:stage']).toBe(stage);
});

test('what is shared names no system', () => {
  const shared = taggable.filter(({ path }) => !path.startsWith('System-'));
  expect(shared.filter(({ tags }) => 'punctual:system' in tags)).toEqual([]);
});

test.each([
  ['aws:owner', 'x'],
  ['punctual:stage', 'x'],
  ['PUNCTUAL:stage', 'x'],
  ['', 'x'],
  ['team', ''],
  ['team', 'a,b'],
  ['team', 'x'.repeat(257)],
])('rejects the tag %j with the value %j, which AWS or we would not take', (key, value) => {
  const environment = { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } };
  const environments = { test: { ...environment, tags: { [key]: value } } };
  expect(() => defineConfiguration({ environments, systems: TWO_SYSTEMS })).toThrow(
    /environments\.test\.tags.*allowed is a (key|text) of letters, digits, spaces/,
  );
});
