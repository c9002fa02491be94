/** Where tokens come from, without the secret that they are asked for with. */
export interface TokenEndpoint {
  readonly tokenUrl: string;
  readonly scope?: string | undefined;
  readonly audience?: string | undefined;
  /** Whether the client shows itself in a header or in the body. */
  readonly authMethod: 'basic' | 'post';
}
