import { recordedType } from './recorded-type';

export const iamPolicy = recordedType('AWS::IAM::Policy', 'not enforced');
