import { recordedType } from './recorded-type';

export const lambdaPermission = recordedType('AWS::Lambda::Permission', 'not enforced');
