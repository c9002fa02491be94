import * as z from 'zod';
import { flag, readProperties, refuseResource } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: flag.default(true),
    MatchingEventTypes: z.array(z.string()).min(1),
    SnsDestination: z.strictObject({ TopicARN: z.string() }),
  }),
});

export const sesConfigurationSetEventDestination: ResourceType = {
  type: 'AWS::SES::ConfigurationSetEventDestination',
  support: 'supported: bounces and complaints to a topic. Refused: other destinations',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { ConfigurationSetName, EventDestination } = readProperties(resource, PROPERTIES);
    const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
    const types = Enabled ? MatchingEventTypes : [];
    const destination = { topicArn: SnsDestination.TopicARN, types };
    if (!run.configurationSets.addDestination(ConfigurationSetName, destination))
      refuseResource(resource, `there is no configuration set ${ConfigurationSetName}`);
    return { ref: resource.physicalName };
  },
};
