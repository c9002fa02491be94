/** An API key of the usage plan. */
export interface ApiKey {
  readonly id: string;
  readonly enabled: boolean;
  /** Epoch ms. */
  readonly createdAt: number;
}

export interface ApiKeys {
  /** Every key of the plan, newest first. */
  ofPlan(planId: string): Promise<ApiKey[]>;
  /** The secret text that callers send. */
  value(keyId: string): Promise<string>;
  /** Makes an enabled key and puts it into the plan. */
  create(planId: string, name: string): Promise<ApiKey>;
  disable(keyId: string): Promise<void>;
}
