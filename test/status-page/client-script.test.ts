import { readFileSync } from 'node:fs';
import { INVITATION_SCRIPT } from '../../invitation-page/client-script';
import { CLIENT_SCRIPT } from '../../status-page/client-script';
import { CLIENT_SCRIPTS } from '../../status-page/generate-client-script';

test.each(CLIENT_SCRIPTS)(
  'the script of a page is the one of its sources: `npm run generate` writes it',
  ({ file, module: made }) => {
    // Its text is too long to be compared line by line.
    expect(readFileSync(file, 'utf8') === made()).toBe(true);
  },
);

test.each([CLIENT_SCRIPT, INVITATION_SCRIPT])('nothing in a script ends its element', (script) => {
  expect(script).not.toMatch(/<\/script|<!--/i);
});
