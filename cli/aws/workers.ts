/** Functions that answer those who may invoke them: of systems, and of the provisioning API. */
export interface Workers {
  /** What the function says to `payload`. Fails with `worker-failed` when it ends without an answer. */
  ask(arn: string, payload: object): Promise<unknown>;
}
