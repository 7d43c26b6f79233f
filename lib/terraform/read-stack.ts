import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError, readWhole } from './invalid-input';
import { stacksIn } from './read-sources';
import { parseSynthJson, type SynthJson } from './synth-json';

/**
 * One stack that was synthesized into a folder, as it is written there.
 *
 * @param name the ID of the stack, whole
 * @throws InvalidInputError if nothing was synthesized, or no stack of this name; it lists those that there are
 */
export function readStack(outdir: string, name: string): SynthJson {
  const stacks = stacksIn(outdir);
  const found = stacks.find((stack) => stack.name === name);
  if (found === undefined) {
    const names = stacks.map((stack) => `'${stack.name}'`).join(', ');
    throw new InvalidInputError(
      `The stack '${name}'`,
      `is not in ${outdir}`,
      `the stacks there are ${names}; name one of them, or run \`npx cdktf synth\` first`,
    );
  }
  const file = join(found.folder, 'cdk.tf.json');
  return readWhole(file, 'synthesize again, with `npx cdktf synth`', () =>
    parseSynthJson(readFileSync(file, 'utf8'), file),
  );
}
