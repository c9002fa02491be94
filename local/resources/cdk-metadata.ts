import { recordedType } from './recorded-type';

export const cdkMetadata = recordedType('AWS::CDK::Metadata', 'statistics of the CDK');
