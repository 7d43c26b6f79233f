import type { Severity } from '../finding';
import type { Picture } from '../picture';
import type { Sentence } from '../sentence';

/** Items under a line that says what they have in common. */
export interface Group {
  /** Shown before the line, as a word. */
  readonly severity?: Severity;
  readonly lead: Sentence;
  readonly items: readonly Sentence[];
}

/** A part of a report, for people. */
export interface Section {
  readonly title: string;
  /** What its items are called, one and many. Used to count what is left out. */
  readonly unit: readonly [one: string, many: string];
  readonly groups: readonly Group[];
  /** The heads of the columns, if the items of this section are rows. */
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly Sentence[])[];
  readonly pictures?: readonly { readonly plan?: string; readonly picture: Picture }[];
}
