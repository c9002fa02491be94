import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { arn } from './arn';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  TemplateURL: z.string(),
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Tags: words,
});

export const cloudformationStack: ResourceType = {
  type: 'AWS::CloudFormation::Stack',
  support: 'supported: templates of the assembly, parameters, outputs. Refused: notifications, time-outs',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const { TemplateURL, Parameters } = readProperties(resource, PROPERTIES);
    const outputs = await run.createNestedStack(resource, TemplateURL, Parameters);
    const attributes = Object.entries(outputs).map(([name, value]) => [`Outputs.${name}`, value]);
    return {
      ref: arn('cloudformation', `stack/${resource.physicalName}/local`),
      attributes: Object.fromEntries(attributes),
    };
  },
};
