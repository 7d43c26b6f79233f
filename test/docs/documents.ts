import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The top folder of the project. */
export const ROOT = join(__dirname, '../..');

/** The files below a folder whose names end in one of these ways, by their paths in the project. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => join(folder, file))
    .sort();
}

/** Every Markdown file of the project. */
export const DOCUMENTS = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...['docs', 'examples', 'sandbox'].flatMap((folder) => filesBelow(folder, '.md')),
];
