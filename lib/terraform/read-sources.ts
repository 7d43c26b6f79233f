import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidInputError, readWhole } from './invalid-input';
import { readState } from './read-state';
import { readSynth } from './read-synth';
import type { Resource } from './resource';

/** A stack or a state, read. */
export interface AccessSource {
  readonly name: string;
  readonly kind: 'synthesized stack' | 'state';
  readonly resources: readonly Resource[];
}

/** A file: the `cdk.tf.json` of a stack, or what `terraform show -json` prints of a state. @throws InvalidInputError */
export function readAccessFile(path: string): AccessSource {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidInputError(
      path,
      `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      'name the cdk.tf.json of a stack, or what `terraform show -json` prints of a state',
    );
  }
  const file = basename(path);
  const name = file === 'cdk.tf.json' ? basename(dirname(resolve(path))) : file.replace(/\.json$/, '');
  const keys = keysOf(text, path);
  if (keys.includes('resource_changes') || keys.includes('planned_values')) {
    throw new InvalidInputError(path, 'is a plan', 'see what it changes with `vault-aws-auth review`');
  }
  if (keys.includes('lineage')) {
    throw new InvalidInputError(path, 'is the raw state', 'give it what `terraform show -json` prints of it');
  }
  return keys.includes('format_version')
    ? { name, kind: 'state', resources: readState(text, path) }
    : { name, kind: 'synthesized stack', resources: readSynth(text, path) };
}

/** Every stack that was synthesized into a folder. @throws InvalidInputError if there is none */
export function readSynthesized(outdir: string): AccessSource[] {
  return stacksIn(outdir).map(({ name, folder }) => {
    const path = join(folder, 'cdk.tf.json');
    return { ...readAccessFile(path), name };
  });
}

/** The stacks that were synthesized into a folder, each with its own. @throws InvalidInputError if there is none */
export function stacksIn(outdir: string): { name: string; folder: string }[] {
  const manifest = join(outdir, 'manifest.json');
  const { stacks } = existsSync(manifest)
    ? readWhole(
        manifest,
        'synthesize again, with `npx cdktf synth`',
        () => JSON.parse(readFileSync(manifest, 'utf8')) as Manifest,
      )
    : { stacks: {} };
  const found = readWhole(manifest, 'synthesize again, with `npx cdktf synth`', () =>
    Object.entries(stacks).map(([name, { workingDirectory }]) => ({
      name,
      folder: join(outdir, workingDirectory),
    })),
  ).filter(({ folder }) => existsSync(join(folder, 'cdk.tf.json')));
  if (found.length === 0) {
    throw new InvalidInputError(
      outdir,
      'has no synthesized stack',
      'run `npx cdktf synth` first, or name the file of a stack or a state',
    );
  }
  return found;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

function keysOf(text: string, source: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message may quote a part of the text, a secret too.
    throw new InvalidInputError(
      source,
      'is no JSON',
      'name the cdk.tf.json of a stack, or what `terraform show -json` prints of a state',
    );
  }
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
