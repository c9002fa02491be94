import { bundles, EVERY_KIND } from './helpers/synthesize';

const files = bundles();

test('there is one bundle per kind that a function works for, and one each for projection, census, sweeper, provisioning API, status page, and the pages and mails of invitations', () => {
  expect(files).toHaveLength(Object.values(EVERY_KIND).filter(({ kind }) => kind !== 'sqs').length + 7);
});

/** The mails have clients of five services, and nobody waits while their function starts. */
const mostOf = (file: string) => (file.includes('SendEmail') ? 450_000 : 400_000);

test('each is below 400 kB with the SDK inside', () => {
  for (const file of files) {
    expect(Buffer.byteLength(file)).toBeLessThan(mostOf(file));
    expect([...file.matchAll(/^import .*?from\s*"@(?:aws-sdk|smithy)\//gm)]).toEqual([]);
  }
});

test('each is an ES module that lends require to its CommonJS dependencies', () => {
  for (const file of files) {
    expect(file).toMatch(/^import \{ createRequire \} from 'node:module';/);
    expect(file).toMatch(/export\{.*\bas handler\b.*\};?\s*$/);
  }
});
