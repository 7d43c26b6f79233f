import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAgentConfig } from '../../../bin/commands/agent-config';
import { addVerify } from '../../../bin/commands/verify';
import { shellProgram } from '../../sandbox/parts/support/shell-program';
import { runCommand } from '../../support/command';

const { PATH, TERRAFORM_BINARY_NAME, CDKTF_OUTDIR } = process.env;
const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'not-deployed-'));
  process.chdir(folder);
  process.env.PATH = join(folder, 'programs');
  delete process.env.TERRAFORM_BINARY_NAME;
  delete process.env.CDKTF_OUTDIR;
});
afterEach(() => {
  process.chdir(before);
  process.env.PATH = PATH;
  delete process.env.CDKTF_OUTDIR;
  Object.assign(
    process.env,
    TERRAFORM_BINARY_NAME === undefined ? {} : { TERRAFORM_BINARY_NAME },
    CDKTF_OUTDIR === undefined ? {} : { CDKTF_OUTDIR },
  );
  rmSync(folder, { recursive: true });
});

const stackFolder = () => mkdirSync(join(folder, 'cdk.out/stacks/vault-aws-auth'), { recursive: true });
const agentConfig = () => runCommand(addAgentConfig, ['agent-config']);

test.each([
  ['agent-config', addAgentConfig, []],
  ['verify', addVerify, ['--test-user']],
])('%s says to deploy if nothing was synthesized here', async (name, add, options) => {
  const { failure, stdout } = await runCommand(add, [name, ...options]);

  expect(stdout).toBe('');
  expect(failure).toBe(
    "The outputs of 'vault-aws-auth' can't be read: there is no folder cdk.out/stacks/vault-aws-auth: " +
      'deploy it first, with `npx cdktf deploy vault-aws-auth`, in the folder that you run this in.',
  );
});

test('agent-config looks where CDKTF_OUTDIR says, as synth writes there', async () => {
  process.env.CDKTF_OUTDIR = 'elsewhere';

  expect((await agentConfig()).failure).toContain('there is no folder elsewhere/stacks/vault-aws-auth');
});

test('agent-config says that there is no terraform', async () => {
  stackFolder();
  const { failure } = await agentConfig();

  expect(failure).toBe(
    "The outputs of 'vault-aws-auth' can't be read: there is no terraform: put it into PATH, or name another in TERRAFORM_BINARY_NAME.",
  );
});

test('agent-config says to deploy if the stack was only synthesized', async () => {
  stackFolder();
  shellProgram(join(folder, 'programs/terraform'), 'echo "{}"');
  const { failure } = await agentConfig();

  expect(failure).toContain(
    "The stack 'vault-aws-auth' is not deployed from this folder. Run `npx cdktf deploy",
  );
});
