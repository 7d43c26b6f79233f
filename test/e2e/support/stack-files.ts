import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Terraform reads of a stack before it starts a provider. */
interface StackFile {
  readonly terraform?: unknown;
  readonly module?: unknown;
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** The stack's files, each in JSON: what cdktf wrote, and what a test laid next to it. */
export function stackFiles(folder: string): StackFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StackFile);
}
