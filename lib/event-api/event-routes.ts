import {
  AuthorizationType,
  type IRestApi,
  type JsonSchema,
  type MethodOptions,
  Model,
  RequestValidator,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import eventSchema from '../../events/schema/event.draft-04.json';
import { MEDIA_TYPES, METHOD_RESPONSES, publishIntegration } from './publish-integration';

export interface EventRoutesProps {
  /** Publishes to the topic. */
  readonly role: IRole;
  /** Whether GET /store takes calls without a signature. */
  readonly unsigned: boolean;
}

const WEBHOOK_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
  (name) => `header.${name}`,
);

/** POST /events for events, and GET /store for identity providers that can do no more. */
export function addEventRoutes(api: RestApi, props: EventRoutesProps): void {
  addPostEvents(api, props);
  addGetStore(api, props);
}

function addPostEvents(api: RestApi, { role }: EventRoutesProps): void {
  const { $schema: _, ...schema } = eventSchema;
  const model = new Model(api, 'EventModel', {
    restApi: api as IRestApi,
    description: 'An event as events/schema/event.schema.json describes it',
    schema: schema as JsonSchema,
  });
  const integration = publishIntegration('publish-event', MEDIA_TYPES, role);
  api.root.addResource('events').addMethod('POST', integration, {
    ...keyed,
    requestValidator: validator(api, 'PostEventsValidator', true),
    requestParameters: parameters(WEBHOOK_HEADERS, []),
    requestModels: Object.fromEntries(MEDIA_TYPES.map((mediaType) => [mediaType, model])),
  });
}

function addGetStore(api: RestApi, { role, unsigned }: EventRoutesProps): void {
  const required = ['querystring.message', ...(unsigned ? [] : WEBHOOK_HEADERS)];
  // A GET without a Content-Type counts as application/json.
  const integration = publishIntegration('publish-store', ['application/json'], role);
  api.root.addResource('store').addMethod('GET', integration, {
    ...keyed,
    requestValidator: validator(api, 'GetStoreValidator', false),
    requestParameters: parameters(required, ['querystring.topic', 'querystring.subject']),
  });
}

const keyed: MethodOptions = {
  apiKeyRequired: true,
  authorizationType: AuthorizationType.NONE,
  methodResponses: METHOD_RESPONSES,
};

function validator(api: RestApi, id: string, validateRequestBody: boolean): RequestValidator {
  return new RequestValidator(api, id, {
    restApi: api as IRestApi,
    validateRequestParameters: true,
    validateRequestBody,
  });
}

function parameters(required: readonly string[], optional: readonly string[]): Record<string, boolean> {
  const entry = (name: string, isRequired: boolean) => [`method.request.${name}`, isRequired] as const;
  return Object.fromEntries([
    ...required.map((name) => entry(name, true)),
    ...optional.map((name) => entry(name, false)),
  ]);
}
