import type { TextCursor } from './text-cursor';

const ANCHOR = /[\p{L}\p{Nd}_]*/uy;

/**
 * Skips a heredoc. Its last line has only the anchor, after blanks; `<<-` needs at least one blank.
 *
 * Source: `scanHeredoc` in `hcl/scanner/scanner.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @returns false if it does not end
 * @throws HclError if it has no anchor
 */
export function skipHeredoc(cursor: TextCursor): boolean {
  const { text } = cursor;
  cursor.goTo(cursor.offset + 1);
  if (cursor.code() !== 0x3c) {
    return cursor.atEnd ? false : cursor.fail("a heredoc begins with '<<'");
  }
  cursor.goTo(cursor.offset + 1);
  const begin = cursor.offset;
  const indented = cursor.code() === 0x2d;
  cursor.goTo(begin + Number(indented));
  const name = cursor.match(ANCHOR)!;
  cursor.goTo(cursor.offset + name.length);
  // Line breaks of Windows are already those of Unix, except one that had two carriage returns.
  const returned = cursor.code() === 0x0d && cursor.code(1) === 0x0a;
  cursor.goTo(cursor.offset + Number(returned));
  if (cursor.code() !== 0x0a) {
    return cursor.atEnd
      ? false
      : cursor.fail('an anchor has letters, digits and _, and the line ends after it');
  }
  if (cursor.offset === begin + Number(indented)) {
    cursor.fail("'<<' is followed by an anchor, such as EOT");
  }
  let from = cursor.offset + 1;
  for (let to = text.indexOf('\n', from); to !== -1; to = text.indexOf('\n', from)) {
    if (isLastLine(text, { from, to }, { name, indented, returned })) {
      cursor.goOver(to + 1);
      return true;
    }
    from = to + 1;
  }
  return false;
}

function isLastLine(
  text: string,
  line: { from: number; to: number },
  { name, indented, returned }: { name: string; indented: boolean; returned: boolean },
): boolean {
  let end = line.to;
  while (end > line.from && text.charCodeAt(end - 1) === 0x0d) {
    end--;
  }
  const start = end - name.length;
  if (
    start < line.from ||
    !text.startsWith(name, start) ||
    line.to - end < Number(returned) ||
    line.to - line.from < name.length + Number(returned) + Number(indented)
  ) {
    return false;
  }
  let blank = line.from;
  while (blank < start && isBlank(text.charCodeAt(blank))) {
    blank++;
  }
  return blank === start;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
