/** Secrets by ARN. */
export interface SecretStore {
  read(arn: string): Promise<string>;
  /**
   * Replaces the value, which stays as the previous version. Fails with `secret-changed` when it is not `before` any
   * more: what somebody else wrote meanwhile is never lost.
   */
  write(arn: string, text: string, before: string): Promise<void>;
}
