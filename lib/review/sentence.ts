import type { PrincipalSet } from '../access';

/** A name in a sentence. Each format marks and escapes it in its own way. */
export interface Name {
  readonly name: string;
}

/** A sentence for a person: prose of this project, and names that may hold anything. */
export type Sentence = readonly (string | Name)[];

/**
 * Writes a sentence. A text or number that is put in is a name. A sentence that is put in becomes a part.
 *
 * @example
 * say`${'all IAM users of 123456789012'} gain ${list(['read', 'list'])} on ${'secret/data/*'}`
 */
export function say(
  prose: TemplateStringsArray,
  ...parts: readonly (string | number | Sentence)[]
): Sentence {
  return prose.flatMap((text, index): Sentence => {
    const part = parts[index];
    const said: Sentence =
      part === undefined ? [] : typeof part === 'object' ? part : [{ name: String(part) }];
    return text === '' ? said : [text, ...said];
  });
}

/** How many names a sentence has before it only counts the rest. */
const MOST_NAMES = 5;

/** Names in a row: `a`, `b` and 3 more. */
export function names(all: readonly string[], most = MOST_NAMES): Sentence {
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  const rest = all.length - shown.length;
  return shown.flatMap((name, index): Sentence => {
    const last = index === shown.length - 1 && rest === 0;
    const before = index === 0 ? [] : [last ? ' and ' : ', '];
    return [...before, { name }, ...(rest > 0 && index === shown.length - 1 ? [` and ${rest} more`] : [])];
  });
}

/** This project's words in a row, not marked as names: read, list and sudo. */
export function words(all: readonly string[]): Sentence {
  return all.length === 0
    ? []
    : [all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`];
}

/** A verb that fits its subject: one user gains, all users gain. */
export function verb({ kind }: Pick<PrincipalSet, 'kind'>, plural: string): Sentence {
  return [kind === 'user' || kind === 'role' || kind === 'unknown' ? `${plural}s` : plural];
}

/** The sentence without any marking, for terminals and for comparing. */
export function plainText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}
