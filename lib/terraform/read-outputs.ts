import { join } from 'node:path';
import { execa } from 'execa';

/**
 * The outputs of a deployed stack, sensitive ones included.
 *
 * @param outdir where synth wrote, after a deploy: Terraform reads its state from there
 * @param env whose TERRAFORM_BINARY_NAME is asked @default terraform, in this process's environment
 * @throws where the stack was not deployed from this folder
 */
export async function readOutputs<T = string>(
  stack: string,
  outdir: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Record<string, T>> {
  const cwd = join(outdir, 'stacks', stack);
  const { stdout, failed, stderr, shortMessage } = await execa(
    env.TERRAFORM_BINARY_NAME ?? 'terraform',
    ['output', '-json', '-no-color'],
    { cwd, env, extendEnv: false, reject: false },
  );
  if (failed) {
    throw new Error(
      `The outputs of '${stack}' can't be read in ${cwd}: deploy it first, with \`npx cdktf deploy\`.\n${stderr || shortMessage}`,
    );
  }
  const outputs = JSON.parse(stdout) as Record<string, { value: T }>;
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
