const everywhere = require('./jest.config.js');

/**
 * Tests in a real browser, one for the whole run. They wait more than they compute, so three at a time on two cores.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...everywhere,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 3,
  globalSetup: '<rootDir>/test/browser/helpers/start-browser.ts',
  globalTeardown: '<rootDir>/test/browser/helpers/end-browser.ts',
};
