import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientScriptModule } from './client-script-module';

/** The scripts of pages: where each is written, and as what. */
export const CLIENT_SCRIPTS = [
  { folder: __dirname, name: 'CLIENT_SCRIPT' },
  { folder: join(__dirname, '../invitation-page'), name: 'INVITATION_SCRIPT' },
].map(({ folder, name }) => ({
  file: join(folder, 'client-script.ts'),
  module: () => clientScriptModule(join(folder, 'client/main.ts'), name),
}));

if (require.main === module) for (const { file, module: made } of CLIENT_SCRIPTS) writeFileSync(file, made());
