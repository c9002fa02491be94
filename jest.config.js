const commonjs = (syntax) => [
  '@swc/jest',
  { jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Packages that hold ES modules only, which Jest does not load as they are on the Node.js of today. */
const ES_MODULES = [
  ...['jose', '@seriousme', 'oidc-provider', 'nanoid', 'quick-lru', 'got', '@sindresorhus', '@szmarczak'],
  ...['cacheable-lookup', 'cacheable-request', 'form-data-encoder', 'lowercase-keys', 'mimic-response'],
  ...['normalize-url', 'p-cancelable', 'responselike'],
];

// CDK asks the rules of CloudFormation at each synthesis, which takes seconds. The tests of the rules switch it on.
process.env.CDK_VALIDATION = 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They have a configuration of their own, which starts the browser.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  // Journeys start the whole stack; on a busy machine that takes its time, and a limit is for what hangs.
  testTimeout: 60_000,
  transform: { '^.+\\.ts$': commonjs('typescript'), '/node_modules/.+\\.js$': commonjs('ecmascript') },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};
