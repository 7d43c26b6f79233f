/**
 * Characters that a terminal or a browser would obey, reorder or leave out instead of showing: control and format
 * characters, line ends, signs of direction, characters without a width, halves of a pair, unusual spaces.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** How much of a long name is shown, from its start and its end. */
const [HEAD, TAIL] = [160, 80];

/** A name as one line that shows each of its characters: an invisible one is written as `\u{202e}`. */
export function visible(name: string): string {
  return name.replace(UNSEEN, escaped);
}

/** The same for a name that may be long: a note replaces its middle. */
export function visibleAndShort(name: string): string {
  const characters = name.length > HEAD + TAIL + 40 ? [...name] : [];
  if (characters.length <= HEAD + TAIL + 40) {
    return visible(name);
  }
  const left = characters.length - HEAD - TAIL;
  return visible(
    `${characters.slice(0, HEAD).join('')} [${left} characters left out] ${characters.slice(-TAIL).join('')}`,
  );
}

/** JSON in which such characters are escaped in its own way, so that people can look at it, too. */
export function visibleJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`.replace(UNSEEN, (character) =>
    // The line ends and indents of the document itself; in its texts JSON has escaped them.
    character === '\n' ? character : character.split('').map(unit).join(''),
  );
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function unit(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
