/** Where browsers find on this machine what functions send them to by the addresses of the configuration. */
export interface BrowserPlaces {
  /** Where people log in, without a slash at its end. */
  readonly loginOrigin: string;
  /** The login of whatever application people land in. */
  readonly loginUri: string;
}

const LOGIN_URIS = /("loginUri":)"https:[^"]*"/g;

/** A variable of a function's environment with the places of this machine. */
export function atPlaces({ loginOrigin, loginUri }: BrowserPlaces, name: string, value: string): string {
  if (name === 'LOGIN_ORIGIN') return loginOrigin;
  return value.replace(LOGIN_URIS, (_, field: string) => field + JSON.stringify(loginUri));
}
