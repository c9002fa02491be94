import type { MappingTemplate } from './vtl/mapping-template';

/** A method of a REST API with everything its requests need, checked when it was created. */
export interface MethodDefinition {
  readonly httpMethod: string;
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** `method.request.header.x` -> whether it must be there. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Content type -> name of the model. */
  readonly requestModels: Readonly<Record<string, string>>;
  readonly validatorId?: string | undefined;
  readonly integration: IntegrationDefinition;
}

/** An AWS (non-proxy) integration with SNS. */
export interface IntegrationDefinition {
  /** Name of the role that API Gateway takes on. */
  readonly role: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Content type -> template. */
  readonly templates: Readonly<Record<string, MappingTemplate>>;
  readonly responses: readonly IntegrationResponse[];
}

export interface IntegrationResponse {
  readonly status: number;
  /** Absent: the default, for every status that no pattern matches. */
  readonly pattern?: RegExp | undefined;
  readonly headers: Readonly<Record<string, HeaderSource>>;
  readonly template?: MappingTemplate | undefined;
}

/** Where a response header gets its value from. */
export type HeaderSource =
  | { readonly value: string }
  | { readonly integrationHeader: string }
  | { readonly contextPath: string };

export interface ValidatorDefinition {
  readonly body: boolean;
  readonly parameters: boolean;
}

export interface GatewayResponseDefinition {
  readonly status?: number | undefined;
  readonly headers: Readonly<Record<string, HeaderSource>>;
  readonly template?: MappingTemplate | undefined;
}

export interface StageDefinition {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle?: ThrottleDefinition | undefined;
  readonly accessLogFormat?: string | undefined;
  /** ARN of the log group that the access log goes to. */
  readonly accessLogArn?: string | undefined;
}

export interface ThrottleDefinition {
  /** Requests per second. */
  readonly rate: number;
  readonly burst: number;
}

export interface QuotaDefinition {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface UsagePlanDefinition {
  readonly id: string;
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly throttle?: ThrottleDefinition | undefined;
  readonly quota?: QuotaDefinition | undefined;
}

export interface ApiKeyDefinition {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly name?: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
}

export interface GatewayRequest {
  readonly method: string;
  /** Without the stage, decoded, without repeated slashes. */
  readonly path: string;
  /** As sent, with the stage. */
  readonly target: string;
  /** Client's casing; of a repeated parameter the last value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  /** Beyond API Gateway's limit; the body is not kept then. */
  readonly tooLarge: boolean;
  readonly sourceIp: string;
  readonly protocol: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
