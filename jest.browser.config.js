const everywhere = require('./jest.config.js');

/**
 * Tests in a real browser, one for the whole run. They wait more than they compute, so two at a time.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...everywhere,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/browser/helpers/start-browser.ts',
  globalTeardown: '<rootDir>/test/browser/helpers/end-browser.ts',
};
