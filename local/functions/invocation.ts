/** How one invocation of a function ended. */
export type Invocation =
  | { readonly requestId: string; readonly ok: true; readonly result: unknown }
  | { readonly requestId: string; readonly ok: false; readonly errorType: string };

/** Error type of an invocation that Lambda did not let happen. */
export const THROTTLED = 'TooManyRequestsException';
