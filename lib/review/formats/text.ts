import { createColors } from 'picocolors';
import { documentOf } from '../document/document';
import type { Section } from '../document/section';
import type { Severity } from '../finding';
import type { Report } from '../report';
import type { Sentence } from '../sentence';
import type { Picture } from '../picture';
import { edgeWords } from './mermaid';
import { visible, visibleAndShort } from '../../output';

export interface TextOptions {
  /** Whether it is for a terminal that shows colours. @default false */
  readonly colour?: boolean;
  /** Characters in a line. A longer word gets its own line. @default 100 */
  readonly width?: number;
}

/** Narrower or wider lines are hard to read. */
const [NARROW, WIDE] = [40, 120];

/** A report for a terminal. */
export function renderText(report: Report, { colour = false, width = 100 }: TextOptions = {}): string {
  const colours = createColors(colour);
  const wide = Math.min(Math.max(width, NARROW), WIDE);
  const { title, sections } = documentOf(report);
  const paint = (severity: Severity, text: string) =>
    ({
      critical: colours.red,
      high: colours.red,
      medium: colours.yellow,
      low: colours.cyan,
      info: colours.dim,
    })[severity](text);
  const lines = [
    colours.bold(title),
    ...sections.flatMap((section) => ['', colours.bold(section.title), ...linesOf(section)]),
  ];
  return `${lines.join('\n')}\n`;

  function linesOf({ groups, columns, rows = [], pictures = [] }: Section): string[] {
    return [
      ...groups.flatMap(({ severity, lead, items }) => {
        const word = severity === undefined ? '' : severity.toUpperCase();
        const [first, ...rest] = wrap(`${word === '' ? '' : `${word}, `}${sentence(lead)}`, wide - 2, '  ');
        const painted = severity ? first!.replace(word, paint(severity, colours.bold(word))) : first!;
        return [painted, ...rest, ...items.flatMap((item) => bullet(sentence(item)))];
      }),
      ...(columns
        ? rows.flatMap((cells) =>
            bullet(
              cells
                .map((cell) => sentence(cell))
                .filter(Boolean)
                .join('  '),
            ),
          )
        : []),
      ...pictures.flatMap(({ plan, picture }) => [
        ...(plan === undefined ? [] : [`  of ${name(plan)}:`]),
        ...edgesOf(picture).flatMap(bullet),
      ]),
    ];
  }

  function bullet(text: string): string[] {
    const [first, ...rest] = wrap(text, wide - 4, '    ');
    return [`  - ${first!.slice(4)}`, ...rest];
  }
}

/** The picture as lines: what a terminal can show of it. */
function edgesOf({ nodes, edges, leftOut }: Picture): string[] {
  return [
    ...edges.map((edge) => {
      const words = edgeWords(edge);
      const [from, to] = [nodes[edge.from]!, nodes[edge.to]!];
      return `${name(from.name)} → ${to.kind === 'path' || to.kind === 'more' ? '' : `${to.kind} `}${name(to.name)}${words === '' ? '' : `: ${visible(words)}`}`;
    }),
    ...(leftOut > 0 ? [`${leftOut} more changes are not in the picture`] : []),
  ];
}

function sentence(parts: Sentence): string {
  return parts.map((part) => (typeof part === 'string' ? visible(part) : name(part.name))).join('');
}

/** A name, in quotes if its end could be missed. */
function name(text: string): string {
  const shown = visibleAndShort(text);
  return /^[\w.:/*+@=-]+$/.test(shown) ? shown : `'${shown}'`;
}

/** @returns lines that begin with the indent */
function wrap(text: string, width: number, indent: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') {
      lines[lines.length - 1] = word;
    } else if (line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => `${indent}${line}`);
}
