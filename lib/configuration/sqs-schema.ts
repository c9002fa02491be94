import * as z from 'zod';
import { roleArn } from './role-arn';
import { wholeNumber } from './section';
import { LONGEST_RETRY_DELAY_SECONDS, MAX_RECEIVE_COUNT } from './timings';

export const sqsSettings = {
  kind: z
    .literal('sqs')
    .describe(
      'A queue of events that the own code of the team works off. It has no links: nothing is provisioned by us, and nobody knows what became of an event.',
    ),
  consumers: z
    .array(roleArn, { error: 'a list of ARNs of IAM roles' })
    .default([])
    .describe(
      'Roles that may receive and delete its messages, in any account. Whoever can make a role of that name may as well. Roles of the same account may be allowed by their own policies instead.',
    ),
  visibilitySeconds: wholeNumber(1, LONGEST_RETRY_DELAY_SECONDS)
    .default(180)
    .describe(
      'A message that was received and not deleted comes back after this time. For a function of Lambda six times its time-out.',
    ),
  maxReceives: wholeNumber(1, MAX_RECEIVE_COUNT)
    .default(20)
    .describe('A message that was received so often and never deleted goes to the DLQ.'),
};
