import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes all files, each whole or not at all.
 *
 * @param files text by path in the folder, in the order of writing
 * @param force replaces what is there
 * @throws before anything is written, where a file is there already with another text
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>, force: boolean): void {
  const paths = Object.keys(files).map((path) => ({ path: join(folder, path), text: files[path]! }));
  const there = paths.filter(({ path, text }) => existsSync(path) && readFileSync(path, 'utf8') !== text);
  if (there.length > 0 && !force) {
    throw new Error(
      `Nothing was written, for there is ${there.map(({ path }) => path).join(' and ')} already: look at what would be written with --dry-run, and replace it with --force.`,
    );
  }
  const drafts = paths.map(({ path, text }) => ({ path, text, draft: `${path}.draft-${process.pid}` }));
  try {
    for (const { path, text, draft } of drafts) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(draft, text);
    }
    for (const { path, draft } of drafts) {
      renameSync(draft, path);
    }
  } finally {
    for (const { draft } of drafts) {
      rmSync(draft, { force: true });
    }
  }
}
