import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { type Settings, VaultAwsAuthStack } from '../lib/constructs/stacks';
import { synth } from '../lib/constructs/checks';
import { testApp } from './support/app';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text!);

test('the settings in the README make a valid stack', () => {
  const [code] = blocks('ts');
  const { code: js } = transformSync(code!, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} as { settings: Settings } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('module', 'exports', 'require', js)(module, module.exports, (name: string): unknown =>
    jest.requireActual(name.startsWith('.') ? join(root, name) : name),
  );

  const app = testApp();
  new VaultAwsAuthStack(app, 'vault-aws-auth', module.exports.settings);
  expect(() => synth(app)).not.toThrow();
});
