const { availableParallelism } = require('node:os');

// Packages that ship ES modules only: jest runs CommonJS, so they are compiled like our own files.
const esModules = [
  'execa',
  '@sec-ant/readable-stream',
  '@sindresorhus/merge-streams',
  'figures',
  'get-port',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

const shared = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  transform: {
    '^.+\\.(t|j)s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // Its package.json names no entry for CommonJS.
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esModules.join('|')})/)`],
};

// Tests wait for other processes a good part of their time: one worker more than there are processors. The unit
// tests wait for nothing, and get as many as there are (`npm run test:unit`).
module.exports = {
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/test/times/sequencer.cjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/test/e2e/'],
      setupFilesAfterEnv: [
        '<rootDir>/test/support/time-limit.ts',
        '<rootDir>/test/support/terraform-version.ts',
      ],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/test/e2e/support/global-setup.cjs',
      setupFilesAfterEnv: [
        '<rootDir>/test/e2e/support/environment.ts',
        '<rootDir>/test/support/terraform-version.ts',
      ],
    },
  ],
};
