import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes all files, each whole or not at all.
 *
 * @param files text by path in the folder, in the order of writing
 * @param force replaces what is there
 * @throws Error if a file exists already with another text; nothing is written then
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>, force: boolean): void {
  const paths = Object.keys(files).map((path) => ({ path: join(folder, path), text: files[path]! }));
  const there = paths.filter(({ path, text }) => existsSync(path) && readFileSync(path, 'utf8') !== text);
  if (there.length > 0 && !force) {
    throw new Error(
      `Nothing was written, because this exists already: ${there.map(({ path }) => path).join(' and ')}. See what would be written with --dry-run, and replace it with --force.`,
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
