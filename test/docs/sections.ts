import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A part of a Markdown file below a heading of the third level. */
export interface Section {
  /** The heading of the second level above it. */
  readonly group: string;
  readonly title: string;
  /** The lines of text, without the list. */
  readonly text: readonly string[];
  /** The values of list items such as `- Source: …`, by their name. */
  readonly items: ReadonlyMap<string, readonly string[]>;
}

/** The sections of the third level of a Markdown file, in order. */
export function sections(file: string): Section[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const found: (Section & { text: string[]; items: Map<string, string[]> })[] = [];
  let group = '';
  let open = false;
  for (const line of lines) {
    const [, level, heading] = /^(#+) (.*)/.exec(line) ?? [];
    const [, name, value] = /^- ([A-Z][\w ]*): (.*)/.exec(line) ?? [];
    if (heading !== undefined) {
      open = level === '###';
      group = level === '##' ? heading : group;
      if (open) {
        found.push({ group, title: heading, text: [], items: new Map() });
      }
    } else if (open && name !== undefined) {
      const { items } = found.at(-1)!;
      items.set(name, [...(items.get(name) ?? []), value!]);
    } else if (open && line !== '' && !/^\[[^\]]+\]: /.test(line)) {
      found.at(-1)!.text.push(line);
    }
  }
  return found;
}
