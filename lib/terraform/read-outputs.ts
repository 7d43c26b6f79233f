import { join } from 'node:path';
import { readWhole } from './invalid-input';
import { type CliOptions, runTerraform } from './run-terraform';

/**
 * The outputs of a deployed stack, sensitive ones included.
 *
 * @param outdir where synth wrote, after a deploy: Terraform reads its state from there
 * @throws InvalidInputError if the stack was not deployed from this folder, or there is no CLI
 */
export async function readOutputs<T = string>(
  stack: string,
  outdir: string,
  options: CliOptions = {},
): Promise<Record<string, T>> {
  const source = `The outputs of '${stack}'`;
  const command = `\`npx cdktf deploy ${stack}\``;
  const text = await runTerraform(
    {
      args: ['output', '-json'],
      cwd: join(outdir, 'stacks', stack),
      source,
      action: () => `deploy it first, with ${command}, in the folder that you run this in`,
    },
    options,
  );
  return readWhole(source, `deploy it again, with ${command}`, () => {
    const outputs = JSON.parse(text) as Record<string, { value: T }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  });
}
