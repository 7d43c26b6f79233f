import { plainText, words } from '../sentence';
import type { Change, Picture, PictureEdge, PictureNode } from '../picture';
import { visible } from '../../output';

/** A longer label makes a picture that nobody can read. */
const MOST_CHARACTERS = 60;

const KINDS: Readonly<Record<PictureNode['kind'], readonly [before: string, open: string, close: string]>> = {
  principal: ['', '([', '])'],
  role: ['role ', '[', ']'],
  group: ['group ', '[', ']'],
  policy: ['policy ', '[/', '/]'],
  path: ['', '(', ')'],
  more: ['', '(', ')'],
};

/** By line and by word, not by colour alone. */
const CHANGES: Readonly<Record<Change, { arrow: string; node: string; style: string; edge: string }>> = {
  gained: { arrow: '==>', node: ' (new)', style: 'stroke:green,stroke-width:4px', edge: 'new' },
  lost: { arrow: '-.->', node: ' (gone)', style: 'stroke:red,stroke-dasharray:5 5', edge: 'gone' },
  kept: { arrow: '-->', node: '', style: '', edge: '' },
};

/** The source of a Mermaid flowchart. No name can be more than a label in it. */
export function renderMermaid({ nodes, edges }: Picture): string {
  const of = (change: Change, all: readonly { change: Change }[]) =>
    all.flatMap((each, index) => (each.change === change ? [index] : []));
  const changed = ['gained', 'lost'] as const;
  return [
    'flowchart LR',
    ...nodes.map((node, index) => `  n${index}${nodeOf(node)}`),
    ...edges.map((edge) => `  n${edge.from} ${CHANGES[edge.change].arrow}${labelOf(edge)} n${edge.to}`),
    ...changed.flatMap((change) => {
      const [boxes, lines] = [of(change, nodes), of(change, edges)];
      const { style } = CHANGES[change];
      return [
        ...(boxes.length > 0
          ? [`  classDef ${change} ${style}`, `  class ${boxes.map((box) => `n${box}`).join(',')} ${change}`]
          : []),
        ...(lines.length > 0 ? [`  linkStyle ${lines.join(',')} ${style}`] : []),
      ];
    }),
  ].join('\n');
}

/** How to read the picture; shown below it. */
export const LEGEND =
  'Thick lines, and boxes marked (new): what is gained. Dotted lines, and boxes marked (gone): what is lost. Thin lines: what stays.';

function nodeOf({ kind, name, change }: PictureNode): string {
  const [before, open, close] = KINDS[kind];
  return `${open}"${before}${quote(name)}${CHANGES[change].node}"${close}`;
}

function labelOf(edge: PictureEdge): string {
  const text = edgeWords(edge);
  return text === '' ? '' : `|"${quote(text)}"|`;
}

/** What happens on an edge, in words. */
export function edgeWords({ change, gained = [], lost = [], kept = [] }: PictureEdge): string {
  const parts = [
    gained.length > 0 && `gains ${plainText(words(gained))}`,
    lost.length > 0 && `loses ${plainText(words(lost))}`,
    kept.length > 0 && (gained.length + lost.length > 0 ? 'keeps the rest' : plainText(words(kept))),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : CHANGES[change].edge;
}

/**
 * A label: letters and digits of ASCII as they are, all else as Mermaid's numbered entities. So nothing in it can end
 * the label, start HTML, Markdown, a directive or a formula.
 *
 * Source: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function quote(name: string): string {
  const characters = [...name];
  const half = MOST_CHARACTERS / 2;
  const short =
    characters.length > MOST_CHARACTERS
      ? `${characters.slice(0, half).join('')} … ${characters.slice(-half).join('')}`
      : name;
  // Between letters a space, a slash or a comma means nothing to Mermaid; elsewhere it may begin a list, or code.
  return visible(short === '' ? '(empty)' : short).replace(
    /(?<![A-Za-z0-9,])[ /,]|[ /](?![A-Za-z0-9])|[^A-Za-z0-9 /,]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
