import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { vaultAwsAuth } from '../../bin/program';
import { sandboxProgram } from '../../bin/sandbox-program';
import { runCommand, runProgram } from '../support/command';

const ROOT = resolve(__dirname, '../..');

const command = async (...args: string[]) => runProgram(await vaultAwsAuth(args), args);
const sandbox = (...args: string[]) => runProgram(sandboxProgram(args), args);

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const COMMANDS = readdirSync(join(ROOT, 'bin/commands')).map((file) => file.replace('.ts', ''));

/** The names under each heading of a help. */
function groupsOf(help: string): Record<string, string[]> {
  const parts = help.split(/^(\S.*):$/m).slice(1);
  return Object.fromEntries(
    parts.flatMap((heading, index) =>
      index % 2 === 0
        ? [[heading, [...parts[index + 1]!.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name!)]]
        : [],
    ),
  );
}

describe('vault-aws-auth', () => {
  test('--help has every command under a heading, and fits 80 columns', async () => {
    const { failure, stdout } = await command('--help');

    const { Options: options, Help: help, ...groups } = groupsOf(stdout);
    expect([failure, options, help]).toEqual([undefined, [], ['help']]);
    expect(groups).toEqual({
      'Check and review': ['check', 'review', 'access'],
      'Log in and verify': ['verify'],
      'Take over and deploy': ['adopt', 'deployer-policy'],
      'Vault Agent': ['agent-config', 'agent-check'],
      Repair: ['end-tokens', 'clear-instance', 'restore-client'],
      Sandbox: ['doctor'],
    });
    expect(Object.values(groups).flat().sort()).toEqual([...COMMANDS].sort());
    expect(longLines(stdout)).toEqual([]);
  });

  test.each(COMMANDS)('%s --help says its exit code or what it writes, and fits 80 columns', async (name) => {
    const [add] = Object.values(
      (await import(`../../bin/commands/${name}`)) as Record<string, (program: Command) => void>,
    );
    const { failure, stdout } = await runCommand(add!, [name, '--help']);

    expect(failure).toBeUndefined();
    expect(stdout).toMatch(new RegExp(`^Usage: npx vault-aws-auth ${name} `));
    expect(stdout).toMatch(/Exit code: 0 if |writes nothing/);
    expect(longLines(stdout)).toEqual([]);
  });

  test.each(['--version', '-V'])('%s prints the version of package.json', async (option) => {
    expect(await command(option)).toMatchObject({ failure: undefined, stdout: `${version}\n`, stderr: '' });
  });

  test('an unknown command is an error that names the nearest one, and stays short', async () => {
    const { failure, stdout, stderr } = await command('verfiy');

    expect([failure, stdout]).toEqual([expect.stringContaining("unknown command 'verfiy'"), '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      "error: unknown command 'verfiy'",
      '(Did you mean verify?)',
      'Add --help to see the commands and options.',
    ]);
  });

  test('the name of a property of every object is an unknown command too', async () => {
    expect(await command('toString')).toMatchObject({
      failure: expect.any(String) as string,
      stderr: expect.stringContaining("unknown command 'toString'") as string,
    });
  });

  test('an unknown option names the nearest one', async () => {
    expect(await command('check', '--strickt')).toMatchObject({
      failure: expect.any(String) as string,
      stderr: expect.stringContaining('(Did you mean --strict?)') as string,
    });
  });
});

describe('npm run sandbox --', () => {
  test('--help has every command under a heading, and fits 80 columns', async () => {
    const { failure, stdout } = await sandbox('--help');

    expect(failure).toBeUndefined();
    expect(groupsOf(stdout)).toMatchObject({
      'Start and stop': ['up', 'status', 'down'],
      'Use it': ['verify', 'agent', 'exec'],
    });
    expect(longLines(stdout)).toEqual([]);
  });

  test('--version prints the version of package.json', async () => {
    expect(await sandbox('--version')).toMatchObject({
      failure: undefined,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  test('an unknown command is an error that names the nearest one', async () => {
    const { failure, stdout, stderr } = await sandbox('stauts');

    expect([failure, stdout]).toEqual([expect.stringContaining("unknown command 'stauts'"), '']);
    expect(stderr).toMatch(/^error: unknown command 'stauts'\n\(Did you mean status\?\)/);
  });
});

// These load little: all commands together take seconds.
test.each([
  ['bin/vault-aws-auth.js', ['doctor', '--jsno'], "unknown option '--jsno'"],
  ['bin/sandbox.ts', ['stauts'], "unknown command 'stauts'"],
])('%s is a process that ends with 0, or with 1 after a wrong command', async (entry, wrongly, message) => {
  const run = (...args: string[]) =>
    execa('node', ['--import', 'tsx', entry, ...args], { cwd: ROOT, reject: false });
  const [right, wrong] = await Promise.all([run('--version'), run(...wrongly)]);

  expect([right.exitCode, right.stdout, right.stderr]).toEqual([0, version, '']);
  expect([wrong.exitCode, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toContain(`error: ${message}`);
});

function longLines(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 80);
}
