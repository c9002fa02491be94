/** Stands for `require` until the bundler is through: for modules it would bring along a replacement. */
export const REQUIRE = 'PUNCTUAL_REQUIRE';

const EXPORTS = /export\s*\{([^}]*)\};?\s*$/;

/**
 * A module, as esbuild writes it, as the CommonJS that Auth0 loads. Of esbuild's own, a good part is for programs that
 * import what they find there; nobody does that to an Action, of which every byte is in front of a login.
 */
export function asCommonJs(code: string): string {
  const given = EXPORTS.exec(code)?.[1]?.split(',') ?? [];
  const written = given.map((one) => {
    const [local = '', name = local] = one.trim().split(' as ');
    return `exports.${name}=${local};`;
  });
  return code.replace(EXPORTS, () => written.join('')).replaceAll(REQUIRE, 'require');
}
