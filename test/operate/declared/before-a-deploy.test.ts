import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { shellProgram } from '../../sandbox/parts/support/shell-program';

const project = resolve(__dirname, '../../..');

// Each starts the command, and machines are busy.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'not-deployed-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const stackFolder = () => mkdirSync(join(folder, 'cdk.out/stacks/vault-aws-auth'), { recursive: true });

async function command(...args: readonly string[]) {
  const tsx = join(project, 'node_modules/tsx/dist/loader.mjs');
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--import', tsx, join(project, 'bin/vault-aws-auth.ts'), ...args],
    { cwd: folder, reject: false, env: { PATH: join(folder, 'programs'), TERRAFORM_BINARY_NAME: undefined } },
  );
  return { exitCode, stdout, message: stderr.trim() };
}

test.each([
  ['agent-config', []],
  ['verify', ['--test-user']],
])('%s says to deploy if nothing was synthesized here', async (name, options) => {
  const { exitCode, stdout, message } = await command(name, ...options);

  expect([exitCode, stdout]).toEqual([1, '']);
  expect(message).toBe(
    "The outputs of 'vault-aws-auth' can't be read: there is no folder cdk.out/stacks/vault-aws-auth: " +
      'deploy it first, with `npx cdktf deploy vault-aws-auth`, in the folder that you run this in.',
  );
});

test('agent-config says that there is no terraform', async () => {
  stackFolder();
  const { exitCode, message } = await command('agent-config');

  expect(exitCode).toBe(1);
  expect(message).toBe(
    "The outputs of 'vault-aws-auth' can't be read: there is no terraform: put it into PATH, or name another in TERRAFORM_BINARY_NAME.",
  );
});

test('agent-config says to deploy if the stack was only synthesized', async () => {
  stackFolder();
  shellProgram(join(folder, 'programs/terraform'), 'echo "{}"');
  const { exitCode, message } = await command('agent-config');

  expect(exitCode).toBe(1);
  expect(message).toContain(
    "The stack 'vault-aws-auth' is not deployed from this folder. Run `npx cdktf deploy",
  );
});
