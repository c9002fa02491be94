/** A message attribute as SNS and SQS carry it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** base64 */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Record<string, MessageAttribute>;
