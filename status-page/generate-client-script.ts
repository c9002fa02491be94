import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export const CLIENT_SCRIPT_FILE = join(__dirname, 'client-script.ts');

/** The module that holds the page's script as text: a Lambda bundle has no files to read one from. */
export function clientScriptModule(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'client/main.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // Who has an older browser gets the page without its script, which works as well.
    target: 'es2022',
  });
  const script = (outputFiles[0]?.text ?? '').trim();
  return `/** Made of client/ by \`npm run generate\`: what the page runs. */\nexport const CLIENT_SCRIPT = ${quoted(script)};\n`;
}

const quoted = (text: string) => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``;

if (require.main === module) writeFileSync(CLIENT_SCRIPT_FILE, clientScriptModule());
