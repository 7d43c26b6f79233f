import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCUMENTS, ROOT } from './documents';

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const withoutBlocks = (text: string) => text.replace(/^```[^]*?^```/gm, '');

/** The anchors of a Markdown file, as GitHub makes them of its headings. */
function anchorsOf(file: string): string[] {
  return [...withoutBlocks(textOf(file)).matchAll(/^#+ (.*)/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const links = DOCUMENTS.flatMap((file) =>
  [...withoutBlocks(textOf(file)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
    ([, target]): [file: string, target: string] => [file, target!],
  ),
);

test.each(links)('the link in %s to %s leads somewhere', (file, target) => {
  const [path, anchor] = target.split('#');
  const linked = path === '' ? file : join(dirname(file), path!);

  expect(existsSync(join(ROOT, linked))).toBe(true);
  if (anchor !== undefined) {
    expect(anchorsOf(linked)).toContain(anchor);
  }
});

test('links are looked for in every document', () => {
  expect(new Set(links.map(([file]) => file)).size).toBeGreaterThan(10);
  expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'examples/README.md']));
});
