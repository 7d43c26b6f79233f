import { existsSync, readFileSync } from 'node:fs';
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

describe('every command in the README is there:', () => {
  const { scripts, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
    bin: Record<string, string>;
  };
  const inCode = [...blocks('sh'), ...[...readme.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!)].join(
    '\n',
  );
  const named = (pattern: RegExp) => [...new Set([...inCode.matchAll(pattern)].map(([, name]) => name!))];

  test.each(named(/npm run ([\w:]+)/g))('npm run %s', (script) => {
    expect(Object.keys(scripts)).toContain(script);
  });

  test.each(named(/npm run sandbox -- ([\w-]+)/g).filter((name) => !name.startsWith('-')))(
    'npm run sandbox -- %s',
    (command) => {
      expect(readFileSync(join(root, 'bin/sandbox.ts'), 'utf8')).toMatch(
        new RegExp(`command\\('${command}\\b`),
      );
    },
  );

  test.each(named(/npx vault-aws-auth ([\w-]+)/g))('npx vault-aws-auth %s', (command) => {
    expect(existsSync(join(root, bin['vault-aws-auth']!))).toBe(true);
    expect(readFileSync(join(root, `bin/commands/${command}.ts`), 'utf8')).toContain(`command('${command}`);
  });
});

test.each([...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!))(
  'the link to %s leads somewhere',
  (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  },
);
