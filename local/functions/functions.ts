/** What a function is to the world outside: its name is its system's, else its logical id. */
export interface FunctionInfo {
  readonly name: string;
  readonly arn: string;
  readonly physicalName: string;
  readonly logicalId: string;
  readonly stackPath: string;
  /** Of the resource's metadata `punctual:system`. */
  readonly system?: { readonly name: string; readonly kind: string };
  readonly environment: Readonly<Record<string, string>>;
}

export interface FunctionState {
  readonly name: string;
  readonly instances: number;
  readonly busy: number;
  readonly invocations: number;
  readonly errors: number;
}

export interface Functions {
  list(): FunctionInfo[];
  states(): FunctionState[];
  /** Ends the live instances, whatever they are doing; gives how many there were. */
  kill(name: string): Promise<number>;
}
