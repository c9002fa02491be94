import * as z from 'zod';
import { flag, readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Name: z.string().max(64).optional(),
  DeliveryOptions: z.strictObject({ TlsPolicy: z.enum(['REQUIRE', 'OPTIONAL']) }).optional(),
  ReputationOptions: z.strictObject({ ReputationMetricsEnabled: flag }).optional(),
  SendingOptions: z.strictObject({ SendingEnabled: flag }).optional(),
  SuppressionOptions: z
    .strictObject({ SuppressedReasons: z.array(z.enum(['BOUNCE', 'COMPLAINT'])) })
    .optional(),
  Tags: words,
});

export const sesConfigurationSet: ResourceType = {
  type: 'AWS::SES::ConfigurationSet',
  support:
    'supported: events of mails to the mailbox simulator. Recorded: TLS, suppression, reputation. Refused: tracking, dedicated addresses, archives',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Name = resource.physicalName, Tags: _, ...settings } = readProperties(resource, PROPERTIES);
    run.configurationSets.add(Name, settings);
    return { ref: Name };
  },
};
