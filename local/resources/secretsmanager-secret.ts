import * as z from 'zod';
import { flag, readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import { generateSecret } from '../aws/secrets/generate-secret';
import { CLOUDFORMATION } from './arn';
import type { ResourceType } from './resource-type';

const RECIPE = z.strictObject({
  PasswordLength: whole.optional(),
  ExcludeCharacters: z.string().optional(),
  ExcludeLowercase: flag.optional(),
  ExcludeNumbers: flag.optional(),
  ExcludePunctuation: flag.optional(),
  ExcludeUppercase: flag.optional(),
  IncludeSpace: flag.optional(),
  RequireEachIncludedType: flag.optional(),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});
const PROPERTIES = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  GenerateSecretString: RECIPE.optional(),
  SecretString: z.string().optional(),
  KmsKeyId: words,
  Tags: words,
});

export const secretsmanagerSecret: ResourceType = {
  type: 'AWS::SecretsManager::Secret',
  support:
    'supported: given and generated values, their current and previous version. Recorded: encryption. Refused: replicas',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const { Name, Description, GenerateSecretString, SecretString, KmsKeyId } = readProperties(
      resource,
      PROPERTIES,
    );
    if (GenerateSecretString && SecretString !== undefined)
      refuseResource(resource, 'it has a value and generates one');
    const value = GenerateSecretString ? generateSecret(GenerateSecretString) : SecretString;
    const input = { Name: Name ?? resource.physicalName, Description, SecretString: value };
    const { ARN } = await run.frontDoor.call<{ ARN: string }>({
      service: 'secretsmanager',
      operation: 'CreateSecret',
      caller: CLOUDFORMATION,
      input,
    });
    run.iam.encryption.encrypt(ARN, KmsKeyId);
    return { ref: ARN, attributes: { Id: ARN } };
  },
};
