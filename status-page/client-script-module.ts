import { buildSync } from 'esbuild';

/**
 * The module that holds the script of a page as text: a Lambda bundle has no files to read one from.
 *
 * @param entry the file that the script begins with
 */
export function clientScriptModule(entry: string, name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // Who has an older browser gets the page without its script, which works as well.
    target: 'es2022',
  });
  const script = (outputFiles[0]?.text ?? '').trim();
  return `/** Made of client/ by \`npm run generate\`: what the page runs. */\nexport const ${name} = ${quoted(script)};\n`;
}

const quoted = (text: string) => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``;
