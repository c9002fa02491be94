import { recordedType } from './recorded-type';

export const sqsQueuePolicy = recordedType('AWS::SQS::QueuePolicy', 'not enforced');
