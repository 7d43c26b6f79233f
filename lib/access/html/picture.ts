import { visible } from '../../output';
import { COLUMNS, type Graph, type Node } from './graph';
import { html, type Markup } from './markup';

/** In pixels of the picture. */
const [WIDTH, HEIGHT, ACROSS, DOWN, TOP, MARGIN] = [290, 46, 70, 14, 40, 8];

/** As many letters as a box has room for. */
const LETTERS = 34;

/** The graph as SVG. Each box is a link to its first row in the table. */
export function picture({ columns, edges }: Graph): Markup {
  const places = new Map(
    columns.flatMap((column) => column.map((node, row) => [node, placeOf(node, row)] as const)),
  );
  const tallest = Math.max(1, ...columns.map(({ length }) => length));
  const [width, height] = [
    COLUMNS.length * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN,
    TOP + tallest * (HEIGHT + DOWN) + MARGIN,
  ];
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-label="Who gets what: each box leads to its row in the table"
  >
    ${COLUMNS.map(
      (name, column) =>
        html`<text class="column" x="${MARGIN + column * (WIDTH + ACROSS)}" y="22">${name}</text>`,
    )}
    ${edges.map(({ from, to, rows }) => {
      const [start, end] = [places.get(from)!, places.get(to)!];
      const [x1, y1, x2, y2] = [start.x + WIDTH, start.y + HEIGHT / 2, end.x, end.y + HEIGHT / 2];
      const bend = (x1 + x2) / 2;
      return html`<path
        class="edge${to.denied ? ' denied' : ''}"
        data-rows="${[...rows].join(' ')}"
        d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}"
      />`;
    })}
    ${[...places].map(([node, place]) => box(node, place))}
  </svg>`;
}

function placeOf({ column }: Node, row: number): { x: number; y: number } {
  return { x: MARGIN + column * (WIDTH + ACROSS), y: TOP + row * (HEIGHT + DOWN) };
}

function box({ column, name, detail, denied, rows }: Node, { x, y }: { x: number; y: number }): Markup {
  const [first] = rows;
  const label = `${COLUMNS[column]}: ${name}${detail === undefined ? '' : `, ${detail}`}`;
  return html`<a
    class="node${denied ? ' denied' : ''}"
    href="#row-${first! + 1}"
    data-rows="${[...rows].join(' ')}"
  >
    <title>${label}</title>
    <rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="${column === 0 ? HEIGHT / 2 : 4}" />
    <text aria-hidden="true" x="${x + 16}" y="${y + (detail === undefined ? 28 : 20)}">${cut(name)}</text>
    ${detail === undefined ? [] : [html`<text aria-hidden="true" class="detail" x="${x + 16}" y="${y + 37}">${cut(detail)}</text>`]}
  </a>`;
}

/** The label and the table have the whole text. */
function cut(text: string): string {
  const letters = [...visible(text)];
  return letters.length > LETTERS
    ? `${letters.slice(0, LETTERS / 2).join('')}…${letters.slice(1 - LETTERS / 2).join('')}`
    : text;
}
