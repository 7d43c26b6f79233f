import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

// `npm run test:long` runs the tests that have two sizes at their full size; what is named on top goes to jest.
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .filter((file) => /from '(?:\.\.?\/)+support\/size'/.test(readFileSync(file, 'utf8')));
const { exitCode } = await execa('jest', [...process.argv.slice(2), '--runTestsByPath', ...files], {
  preferLocal: true,
  env: { TEST_LONG: '1' },
  stdio: 'inherit',
  reject: false,
});
process.exitCode = exitCode ?? 1;
