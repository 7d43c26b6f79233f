import type { TextCursor } from './text-cursor';

/** A backslash and what may follow it, in HCL and in the library's JSON alike. */
const ESCAPE = /\\(?:[abfnrtv\\"]|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;
/** The valid part of it. */
const BEGUN_ESCAPE = /\\(?:[0-7]{1,2}|x[\da-fA-F]{0,1}|u[\da-fA-F]{0,3}|U[\da-fA-F]{0,7})?/y;

export const ESCAPE_RULE =
  'a backslash is followed by one of a b f n r t v \\ ", by three octal digits, or by x, u or U and two, four or eight hexadecimal digits';

/**
 * Skips an escape sequence.
 *
 * @returns false if it is none; then the cursor is at the first character that does not belong to one
 */
export function skipEscape(cursor: TextCursor): boolean {
  const escape = cursor.match(ESCAPE);
  cursor.goTo(cursor.offset + (escape ?? cursor.match(BEGUN_ESCAPE)!).length);
  return escape !== undefined;
}
