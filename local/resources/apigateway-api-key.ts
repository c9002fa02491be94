import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Enabled: flag.default(false),
  Name: words,
  Description: words,
  CustomerId: words,
  GenerateDistinctId: flag.optional(),
  // What counts is the usage plan; CDK writes the stages for older accounts.
  StageKeys: words,
  Tags: words,
  Value: z.string().min(20).max(128).optional(),
});

export const apigatewayApiKey: ResourceType = {
  type: 'AWS::ApiGateway::ApiKey',
  support: 'supported: given and generated values. Recorded: stages of the key',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Enabled, Value, Name } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    const value = Value ?? randomBytes(20).toString('hex');
    const name = typeof Name === 'string' ? Name : undefined;
    run.api.keys.addKey({ id, enabled: Enabled, value, name, createdAt: run.clock.now() });
    return { ref: id, attributes: { APIKeyId: id } };
  },
};
