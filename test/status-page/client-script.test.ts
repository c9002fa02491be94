import { readFileSync } from 'node:fs';
import { CLIENT_SCRIPT } from '../../status-page/client-script';
import { CLIENT_SCRIPT_FILE, clientScriptModule } from '../../status-page/generate-client-script';

test('the script of the page is the one of its sources: `npm run generate` writes it', () => {
  // Its text is too long to be compared line by line.
  expect(readFileSync(CLIENT_SCRIPT_FILE, 'utf8') === clientScriptModule()).toBe(true);
});

test('nothing in the script ends its element', () => {
  expect(CLIENT_SCRIPT).not.toMatch(/<\/script|<!--/i);
});
