/** Secrets by ARN. */
export interface SecretStore {
  read(arn: string): Promise<string>;
  /** Replaces the value; the one before stays as the previous version. */
  write(arn: string, text: string): Promise<void>;
}
