import { ofType } from './find-in-template';
import type { SizedTemplate } from './synthesize-templates';

/** Something that AWS counts over all stacks of an account and region. */
export interface AccountLimit {
  readonly what: string;
  readonly limit: number;
  readonly types: readonly string[];
}

/** Defaults of a new account. Most can be raised through Service Quotas. */
export const ACCOUNT_LIMITS: readonly AccountLimit[] = [
  { what: 'CloudWatch alarms', limit: 5_000, types: ['AWS::CloudWatch::Alarm'] },
  { what: 'CloudFormation stacks', limit: 2_000, types: ['AWS::CloudFormation::Stack'] },
  { what: 'IAM roles (of the account)', limit: 1_000, types: ['AWS::IAM::Role'] },
  { what: 'DynamoDB tables', limit: 2_500, types: ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'] },
  { what: 'SNS filter policies (of the account)', limit: 10_000, types: ['AWS::SNS::Subscription'] },
  { what: 'KMS keys', limit: 100_000, types: ['AWS::KMS::Key'] },
  { what: 'secrets', limit: 500_000, types: ['AWS::SecretsManager::Secret'] },
  { what: 'regional REST APIs', limit: 600, types: ['AWS::ApiGateway::RestApi'] },
  { what: 'API keys', limit: 10_000, types: ['AWS::ApiGateway::ApiKey'] },
  { what: 'usage plans', limit: 300, types: ['AWS::ApiGateway::UsagePlan'] },
  { what: 'EventBridge rules on a bus', limit: 100, types: ['AWS::Events::Rule'] },
];

/** How many of them `templates` make together. */
export function countOf({ types }: AccountLimit, templates: readonly SizedTemplate[]): number {
  return templates.flatMap(({ resources }) => types.flatMap((type) => ofType(resources, type))).length;
}

/** Functions that may run at once when every queue is full. */
export function concurrencyOf(templates: readonly SizedTemplate[]): number {
  return templates
    .flatMap(({ resources }) => ofType(resources, 'AWS::Lambda::EventSourceMapping'))
    .map(
      ({ ScalingConfig }) =>
        (ScalingConfig as { MaximumConcurrency?: number } | undefined)?.MaximumConcurrency,
    )
    .reduce<number>((total, most) => total + (most ?? 1), 0);
}
