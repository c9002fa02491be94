import type { ResourceType } from '../../../local/resources/resource-type';
import { checkSupport, problemsOf } from '../../../local/template/check-support';
import type { Template } from '../../../local/template/template';

const KNOWN: ResourceType = { type: 'Known', support: '', properties: ['Name'], create: () => ({ ref: '' }) };
const types = new Map([[KNOWN.type, KNOWN]]);

test('what says nothing about a running system is passed over', () => {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'words',
    Metadata: {},
    Rules: {
      CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [[], 1] }] } }] },
    },
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } },
    Resources: {
      A: {
        Type: 'Known',
        Properties: { Name: { Ref: 'B' } },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      },
    },
  } as unknown as Template;
  expect(problemsOf(template, types)).toEqual([]);
});

test('rejects everything it does not know at once, by name', () => {
  const root = {
    Transform: 'AWS::Serverless-2016-10-31',
    Parameters: { Image: { Type: 'AWS::SSM::Parameter::Value<String>' } },
    Resources: {
      A: { Type: 'AWS::EC2::Instance' },
      B: {
        Type: 'Known',
        Properties: { Name: { 'Fn::ImportValue': 'x' }, Colour: 'red' },
        CreationPolicy: {},
      },
    },
    Outputs: { Zone: { Value: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } } },
  } as unknown as Template;
  const nested = { Resources: { C: { Type: 'AWS::S3::Bucket' } } };
  const check = () =>
    checkSupport(
      [
        { stackPath: '', template: root },
        { stackPath: 'Nested', template: nested },
      ],
      types,
    );
  for (const name of [
    'template section Transform',
    'parameter Image of type AWS::SSM::Parameter::Value<String>',
    'resource type AWS::EC2::Instance (A)',
    'property Colour of B (Known)',
    'CreationPolicy of B (Known)',
    'Fn::ImportValue in B (Known)',
    'Fn::GetAZs in Outputs',
    'Nested: resource type AWS::S3::Bucket (C)',
  ]) {
    expect(check).toThrow(
      expect.objectContaining({ code: 'template-unsupported', message: expect.stringContaining(name) }),
    );
  }
});
