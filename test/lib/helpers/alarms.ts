import type { Resource, Synthesized } from './synthesize';

/** An alarm of a template, with what tests ask it for. */
export interface AlarmOfTemplate {
  /** `root` or the name of a system. */
  readonly stack: string;
  readonly name: string;
  /** `<stack> <logical id>` of the resource behind a dimension, or the dimension's literal value. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly properties: Resource['Properties'];
}

type Dimension = { readonly Name: string; readonly Value: unknown };

export function alarmsOf(stacks: Synthesized): AlarmOfTemplate[] {
  return stacks.all('AWS::CloudWatch::Alarm').map(([id, { Properties: properties }]) => {
    const stack = id.split(' ')[0] ?? '';
    const dimensions = (properties.Dimensions ?? []) as Dimension[];
    return {
      stack,
      name: String(properties.AlarmName),
      dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, resolveValue(stack, Value)])),
      properties,
    };
  });
}

/** `<stack> <logical id>` of what a value refers to, or its text. */
export function resolveValue(stack: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return `${stack} ${Ref ?? attribute?.[0]}`;
}

/** Longest values of what CloudFormation and AWS fill in, for the region with the longest name. */
const LONGEST: Readonly<Record<string, string>> = {
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::Partition': 'aws',
};

/** The description as CloudWatch gets it, when every generated name is `nameLength` characters long. */
export function descriptionOf({ properties }: AlarmOfTemplate, nameLength = 20): string {
  const description = properties.AlarmDescription as string | { 'Fn::Join': ['', unknown[]] };
  if (typeof description === 'string') return description;
  return description['Fn::Join'][1]
    .map((part) => {
      if (typeof part === 'string') return part;
      return LONGEST[(part as { Ref?: string }).Ref ?? ''] ?? 'n'.repeat(nameLength);
    })
    .join('');
}
