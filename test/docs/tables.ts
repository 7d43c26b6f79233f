import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The rows of a Markdown file's tables, cell by cell, by the heading above them. */
export function rows(file: string): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  let heading = '';
  for (const line of readFileSync(join(ROOT, file), 'utf8').split('\n')) {
    heading = /^#+ (.*)/.exec(line)?.[1] ?? heading;
    if (line.startsWith('|') && !/^\| *-/.test(line)) {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      found.set(heading, [...(found.get(heading) ?? []), cells]);
    }
  }
  // The first line of each is its head.
  return new Map([...found].map(([name, [, ...body]]) => [name, body]));
}
