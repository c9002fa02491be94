/** A second factor that an Action asks for. */
export interface WantedFactor {
  readonly kind: 'challenge' | 'enroll';
  /** Any of these will do. */
  readonly types: readonly string[];
}

type Values = Record<string, unknown>;

/** What the Actions of a login asked for. */
export interface Effects {
  readonly idToken: Values;
  readonly accessToken: Values;
  readonly addedScopes: Set<string>;
  readonly removedScopes: Set<string>;
  /** Changes of metadata that are not written yet; null takes a value away. */
  readonly appMetadata: Values;
  readonly userMetadata: Values;
  readonly transaction: Values;
  /** Methods that an Action recorded. */
  readonly methods: string[];
  denied?: string;
  /** Where the browser is to go, without the state. */
  redirect?: URL;
  factor?: WantedFactor;
  /** Asked at the end of the flow. */
  lastFactor?: boolean;
}

export function noEffects(): Effects {
  return {
    ...{ idToken: {}, accessToken: {}, appMetadata: {}, userMetadata: {}, transaction: {} },
    ...{ addedScopes: new Set(), removedScopes: new Set(), methods: [] },
  };
}

/** Metadata with changes; null takes a value away. */
export function withChanges(before: unknown, changes: Values): Values {
  const after = Object.entries({ ...((before ?? {}) as Values), ...changes });
  return Object.fromEntries(after.filter(([, value]) => value !== null && value !== undefined));
}
