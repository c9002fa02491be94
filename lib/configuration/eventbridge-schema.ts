import * as z from 'zod';
import { handoverSettings } from './handover-schema';
import { textLike } from './section';

export const eventbridgeSettings = {
  kind: z
    .literal('eventbridge')
    .describe('A system that makes its accounts itself, told by an event on a bus of EventBridge.'),
  bus: textLike(
    /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/(?!aws\.)[A-Za-z0-9._-]{1,256}$/,
    'the ARN of an event bus, such as arn:aws:events:eu-west-1:123456789012:event-bus/accounts',
  )
    .optional()
    .describe(
      'A bus that is there already, in any account and region; its policy must allow another account to put events. The stack makes one when left out.',
    ),
  ...handoverSettings,
};
