import { documentOf, type ReportDocument } from '../document/document';
import type { Group, Section } from '../document/section';
import type { Report } from '../report';
import type { Sentence } from '../sentence';
import { LEGEND, renderMermaid } from './mermaid';
import { visibleAndShort } from '../../output';

/** GitHub takes 65,536 characters in a comment. The rest is room for a line that the sender adds. */
export const MOST_CHARACTERS = 65_000;

/** A longer sentence is cut, because nobody reads so long a list of names. */
const MOST_OF_A_SENTENCE = 3_000;

/** Room for a section's heading, and for the line that says what was left out of it. */
const ROOM_OF_A_SECTION = 300;

/**
 * A report as Markdown, for a comment on a pull request. It contains no HTML, and a name in it is shown as a name.
 *
 * If it is too long, the end of the least important sections is left out. Findings go last, the least severe first.
 *
 * @param limit characters, at the most
 */
export function renderMarkdown(report: Report, limit = MOST_CHARACTERS): string {
  const { title, sections } = documentOf(report);
  return renderDocument({ title, sections }, limit);
}

function renderDocument({ title, sections }: ReportDocument, limit: number): string {
  const parts = [`## ${prose(title)}\n`];
  let room = limit - parts[0]!.length;
  sections.forEach((section, index) => {
    const forTheRest = (sections.length - index - 1) * ROOM_OF_A_SECTION;
    const part = `\n### ${section.title}\n${renderSection(section, room - forTheRest - ROOM_OF_A_SECTION)}`;
    parts.push(part);
    room -= part.length;
  });
  return parts.join('');
}

/** @param room for what is in the section, without its heading and the line of what was left out */
function renderSection(section: Section, room: number): string {
  const { columns, rows = [], pictures = [], groups } = section;
  const page = new Page(room);
  for (const group of groups) {
    renderGroup(page, group);
  }
  if (columns && rows.length > 0) {
    page.lead(`\n${row(columns)}${row(columns.map(() => '---'))}`);
    for (const cells of rows) {
      page.item(() => row(cells.map((cell) => sentence(cell, true))));
    }
  }
  for (const { plan, picture } of pictures) {
    page.lead('');
    page.item(() => {
      const of = plan === undefined ? '' : `\nOf ${name(plan)}:\n`;
      const left = picture.leftOut === 0 ? '' : `\n\n${picture.leftOut} more changes are not in the picture.`;
      return `${of}\n\`\`\`mermaid\n${renderMermaid(picture)}\n\`\`\`\n\n${LEGEND}${left}\n`;
    });
  }
  return page.text() + leftOut(page.left, page.shown, section);
}

function renderGroup(page: Page, { severity, lead, items }: Group): void {
  const strong = severity === undefined ? '' : `**${severity[0]!.toUpperCase()}${severity.slice(1)}**, `;
  page.lead(`\n${strong}${sentence(lead)}\n\n`);
  for (const item of items) {
    page.item(() => `- ${sentence(item)}\n`);
  }
}

function leftOut(left: number, shown: number, { unit: [one, many] }: Section): string {
  if (left === 0) {
    return '';
  }
  const what = `${left} ${shown > 0 ? 'more ' : ''}${left === 1 ? one : many}`;
  return `\n**Left out here, because a comment can't be longer: ${what}.** The formats text and json have all.\n`;
}

/** The items that fit. After the first that does not fit, no more are taken: only the end is left out. */
class Page {
  left = 0;
  shown = 0;
  private readonly lines: string[] = [];
  private pending = '';

  constructor(private room: number) {}

  /** A line that is shown only if an item follows. */
  lead(text: string): void {
    this.pending = text;
  }

  item(render: () => string): void {
    const text = this.left > 0 ? '' : this.pending + render();
    if (this.left > 0 || text.length > this.room) {
      this.left += 1;
      return;
    }
    this.pending = '';
    this.shown += 1;
    this.room -= text.length;
    this.lines.push(text);
  }

  text(): string {
    return this.lines.join('');
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** @param inTable whether it is in a table, where a `|` ends a cell, also in a name */
function sentence(parts: Sentence, inTable = false): string {
  let text = '';
  for (const part of parts) {
    if (text.length > MOST_OF_A_SENTENCE) {
      return `${text} … (more is left out)`;
    }
    text += typeof part === 'string' ? prose(part, inTable) : name(part.name, inTable);
  }
  return text;
}

/** Prose that GitHub and GitLab read as plain text: no mention, link, reference or markup. */
const PROSE = /^(?!.*(?:www\.|GH-\d))[A-Za-z0-9 ,;:()'’%→….-]*$/;

/** Prose of this project. Other text is shown as a name. */
function prose(text: string, inTable = false): string {
  return PROSE.test(text) ? text : name(text, inTable);
}

/**
 * A name as a code span, in which no character is markup. An entity or a backslash is not enough: GitHub looks for
 * mentions after rendering.
 */
function name(text: string, inTable = false): string {
  const shown = visibleAndShort(text);
  // A backslash before it would not be safe: the name may have another backslash before that.
  const inner = inTable ? shown.replaceAll('|', '\\u{7c}') : shown;
  if (inner.trim() === '') {
    return inner === '' ? '(empty)' : '(spaces)';
  }
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(inner) ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}
