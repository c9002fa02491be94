/** An attribute as SNS and SQS take it. */
export interface TextAttribute {
  readonly DataType: 'String';
  readonly StringValue: string;
}

/** Texts by name as the message attributes of SNS and SQS. */
export function textAttributes(texts: Readonly<Record<string, string>>): Record<string, TextAttribute> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );
}
