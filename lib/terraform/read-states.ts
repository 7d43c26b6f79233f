import { type AccessSource, stacksIn } from './read-sources';
import { readState } from './read-state';
import type { CliOptions } from './run-terraform';
import { terraformShow } from './terraform-show';

/** The states of every stack that was deployed from a folder. @throws InvalidInputError if one can't be read */
export async function readStates(outdir: string, options: CliOptions): Promise<AccessSource[]> {
  const sources: AccessSource[] = [];
  for (const { name, folder } of stacksIn(outdir)) {
    const source = `The state of ${name}`;
    const resources = readState(
      await terraformShow({ cwd: folder, source, action: deployFirst }, options),
      source,
    );
    sources.push({ name, kind: 'state', resources });
  }
  return sources;
}

const deployFirst = (cli: string) =>
  `deploy it first, with \`npx cdktf deploy\`, or run \`${cli} init\` there`;
