import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS, filesBelow, ROOT } from './documents';

const { scripts, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
const files = [...DOCUMENTS, ...filesBelow('examples/workflows', '.yml')];
const text = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');

/** What a pattern finds in all documents and workflows, each once. */
const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))];

test.each(named(/npm run ([\w:]+)/g))('there is the command npm run %s', (script) => {
  expect(Object.keys(scripts)).toContain(script);
});

test.each(named(/npm run sandbox -- ([a-z][\w-]*)/g))(
  'there is the command npm run sandbox -- %s',
  (command) => {
    expect(readFileSync(join(ROOT, 'bin/sandbox-program.ts'), 'utf8')).toMatch(
      new RegExp(`command\\('${command}\\b`),
    );
  },
);

test.each(named(/npx vault-aws-auth ([a-z][\w-]*)/g))(
  'there is the command npx vault-aws-auth %s',
  (command) => {
    expect(existsSync(join(ROOT, bin['vault-aws-auth']!))).toBe(true);
    expect(readFileSync(join(ROOT, `bin/commands/${command}.ts`), 'utf8')).toContain(`command('${command}`);
  },
);

// Options that are written with a command in one line, such as `npx vault-aws-auth verify --json`.
const options = named(/npx vault-aws-auth ([a-z][\w-]*[^\n`|)]*)/g).flatMap((line) => {
  const [command] = line.split(' ');
  return [...line.split(/\s#/)[0]!.matchAll(/ (--[a-z][\w-]*)/g)].map(
    ([, option]): [option: string, command: string] => [option!, command!],
  );
});

test.each(options)('there is the option %s of %s', (option, command) => {
  const shared = readFileSync(join(ROOT, `bin/commands/${command}.ts`), 'utf8');

  expect(shared).toContain(option);
});
