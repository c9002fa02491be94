import { recordedType } from './recorded-type';

export const snsTopicPolicy = recordedType('AWS::SNS::TopicPolicy', 'not enforced');
