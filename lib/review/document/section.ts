import type { Severity } from '../finding';
import type { Picture } from '../picture';
import type { Sentence } from '../sentence';

/** Items under a line that says what they have in common. */
export interface Group {
  /** Stands before the line, in words. */
  readonly severity?: Severity;
  readonly lead: Sentence;
  readonly items: readonly Sentence[];
}

/** A part of a report, for people. */
export interface Section {
  readonly title: string;
  /** What its items are, one and many: what is left out is counted by it. */
  readonly unit: readonly [one: string, many: string];
  readonly groups: readonly Group[];
  /** The items of this section are its rows. The heads of their columns. */
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly Sentence[])[];
  readonly pictures?: readonly { readonly plan?: string; readonly picture: Picture }[];
}
