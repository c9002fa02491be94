import { readFileSync } from 'node:fs';
import { OPTIONS } from '../../local/flags';
import { README, withGeneratedParts } from '../../local/generate-readme';

const readme = readFileSync(README, 'utf8');

test('the README knows every resource type and control call (npm run generate)', () => {
  expect(readme).toBe(withGeneratedParts(readme));
});

test('the README explains every flag', () => {
  const flags = [...readme.matchAll(/^\| `--([a-z-]+)/gm)].map(([, flag]) => flag);
  expect(flags.toSorted()).toEqual(Object.keys(OPTIONS).toSorted());
});
