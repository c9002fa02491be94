export interface Caller {
  /** ARN of whoever the credentials belong to. */
  readonly arn: string;
}
