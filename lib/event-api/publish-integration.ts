import { Duration } from 'aws-cdk-lib';
import { AwsIntegration, type IntegrationResponse, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { template } from './template';

/** Media types a caller may send. Anything else is 415. */
export const MEDIA_TYPES = ['application/json', 'application/cloudevents+json'] as const;

const JSON_ONLY = 'application/json';
const RETRY_AFTER = 'method.response.header.Retry-After';

/** What a method has to declare so that the integration may answer it. */
export const METHOD_RESPONSES = [
  { statusCode: '202' },
  { statusCode: '502' },
  { statusCode: '503', responseParameters: { [RETRY_AFTER]: true } },
];

const answer = (statusCode: string, name: string): IntegrationResponse => ({
  statusCode,
  responseTemplates: { [JSON_ONLY]: template(name) },
});

// One per status code: API Gateway keeps them by it, and drops a second one without a word.
const RESPONSES: IntegrationResponse[] = [
  { ...answer('202', 'accepted'), selectionPattern: '2\\d{2}' },
  {
    ...answer('503', 'unavailable'),
    selectionPattern: '5\\d{2}',
    responseParameters: { [RETRY_AFTER]: "'5'" },
  },
  // The response without a pattern takes everything else: were it the 202, a failure would look like success.
  // SNS says 4xx for a denial of IAM or KMS too, which is our fault and not the caller's: the template tells.
  answer('502', 'refused'),
];

/** Publishes to SNS without a function in between; `requestTemplate` makes the form that SNS reads. */
export function publishIntegration(
  requestTemplate: string,
  mediaTypes: readonly string[],
  credentialsRole: IRole,
): AwsIntegration {
  const form = template('read-webhook-headers') + template(requestTemplate);
  return new AwsIntegration({
    service: 'sns',
    path: '/',
    integrationHttpMethod: 'POST',
    options: {
      credentialsRole,
      timeout: Duration.seconds(5),
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestParameters: {
        'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
      },
      requestTemplates: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, form])),
      integrationResponses: RESPONSES,
    },
  });
}
