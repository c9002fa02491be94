import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withParts } from '../../docs/generate/generated-parts';
import { OPTIONS } from '../../local/flags';
import { readmeParts } from '../../local/generate-readme';

const readme = readFileSync(join(__dirname, '../../local/README.md'), 'utf8');

test('the README knows every resource type and control call (npm run generate)', () => {
  expect(readme).toBe(withParts(readme, readmeParts()));
});

test('the README explains every flag', () => {
  const flags = [...readme.matchAll(/^\| `--([a-z-]+)/gm)].map(([, flag]) => flag);
  expect(flags.toSorted()).toEqual(Object.keys(OPTIONS).toSorted());
});
