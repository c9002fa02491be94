declare const PUNCTUAL_ATTRIBUTES: readonly string[] | undefined;

/** `emit.attributes` of punctual.config.ts, which `bundle.ts` writes into the bundle. */
export const CONFIGURED_ATTRIBUTES: readonly string[] =
  typeof PUNCTUAL_ATTRIBUTES === 'undefined' ? [] : PUNCTUAL_ATTRIBUTES;
