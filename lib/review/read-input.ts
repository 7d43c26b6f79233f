import { constants } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type CliOptions, cliOf, InvalidInputError, terraformShow } from '../terraform';

/** A plan as JSON, and what it is called. */
export interface PlanInput {
  /** The stack's name if the plan is in the stack's folder, else the file's name. */
  readonly name: string;
  /** Its name in messages. */
  readonly source: string;
  /** The file that findings are shown at: the stack's `cdk.tf.json` if it exists, else the plan. */
  readonly file: string;
  readonly text: string;
}

export interface InputOptions extends CliOptions {
  /** For `-`. @default this process's */
  readonly stdin?: Readable;
}

/** How a plan file of the CLI begins: it is a ZIP archive. */
const ZIP = Buffer.from('PK');

/**
 * Reads one plan: a plan file of Terraform or OpenTofu, what `terraform show -json` prints of it, or, for `-`, standard
 * input, which must be such JSON.
 *
 * @throws InvalidInputError if the file does not exist, or can't be read, or the CLI can't show it
 */
export async function readInput(path: string, options: InputOptions): Promise<PlanInput> {
  if (path === '-') {
    const stdin = options.stdin ?? process.stdin;
    const source = 'standard input';
    const content = await buffer(stdin);
    if (isPlanFile(content)) {
      throw new InvalidInputError(source, 'is a plan file, which needs its folder', 'name the file instead');
    }
    return { name: source, source, file: 'standard-input', text: decode(content, source) };
  }
  const content = contentOf(path);
  return {
    ...namesOf(path),
    source: path,
    text: isPlanFile(content) ? await show(path, options) : decode(content, path),
  };
}

function contentOf(path: string): Buffer {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new InvalidInputError(
      path,
      'is not there',
      'name a plan file, or what `terraform show -json` printed',
    );
  }
  if (stats.isDirectory()) {
    throw new InvalidInputError(path, 'is a folder', 'name the plan file in it');
  }
  checkSize(stats.size, path);
  return readFileSync(path);
}

function isPlanFile(content: Buffer): boolean {
  return content.subarray(0, ZIP.length).equals(ZIP);
}

/** UTF-8, or what PowerShell's `>` writes. */
function decode(content: Buffer, source: string): string {
  checkSize(content.length, source);
  const encoding = content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(content);
}

function checkSize(bytes: number, source: string): void {
  if (bytes > constants.MAX_STRING_LENGTH) {
    throw new InvalidInputError(
      source,
      `has ${bytes} bytes, and ${constants.MAX_STRING_LENGTH} is the most that can be read`,
      'plan fewer resources at once',
    );
  }
}

function namesOf(path: string): { name: string; file: string } {
  const folder = dirname(resolve(path));
  const stack = join(folder, 'cdk.tf.json');
  const inside = relative(process.cwd(), existsSync(stack) ? stack : resolve(path));
  return {
    name: existsSync(stack) ? basename(folder) : basename(path).replace(/\.json$/, ''),
    file: inside.startsWith('..') ? basename(inside) : inside,
  };
}

/** The CLI reads a plan file with the schemas of its providers, so it must be in an initialised folder. */
async function show(path: string, options: InputOptions): Promise<string> {
  const folder = [dirname(resolve(path)), process.cwd()].find((each) => existsSync(join(each, '.terraform')));
  if (folder === undefined) {
    const cli = cliOf(options.env);
    throw new InvalidInputError(
      path,
      `is a plan file, and neither its folder nor this one is initialised`,
      `run \`${cli} init\` in the stack's folder, or give it what \`${cli} show -json\` prints there`,
    );
  }
  const action = () => 'use the CLI and the providers that planned it';
  return terraformShow({ cwd: folder, plan: resolve(path), source: path, action }, options);
}
