import * as z from 'zod';
import { flag, readProperties, refuseResource } from '../api-gateway/read-properties';
import { SES } from '../aws/ses/ses-service';
import type { LocalRun } from '../local-run';
import { arn } from './arn';
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
  async create(resource, run) {
    const { ConfigurationSetName, EventDestination } = readProperties(resource, PROPERTIES);
    const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
    const types = Enabled ? MatchingEventTypes : [];
    const destination = { topicArn: SnsDestination.TopicARN, types };
    if (!run.configurationSets.addDestination(ConfigurationSetName, destination))
      refuseResource(resource, `there is no configuration set ${ConfigurationSetName}`);
    await tryToPublish(run, ConfigurationSetName, destination.topicArn);
    return { ref: resource.physicalName };
  },
};

/** As SES does, which makes no destination that it may not publish to. */
async function tryToPublish({ frontDoor }: LocalRun, set: string, TopicArn: string): Promise<void> {
  const input = { TopicArn, Message: 'Successfully validated SNS topic for Amazon SES event publishing.' };
  const sourceArn = arn('ses', `configuration-set/${set}`);
  await frontDoor.call({ service: 'sns', operation: 'Publish', caller: SES, sourceArn, input });
}
